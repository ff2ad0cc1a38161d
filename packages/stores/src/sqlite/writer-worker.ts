import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { keepBallast } from "../shared/buffer-accounting.ts";
import type { Change } from "../shared/committer.ts";
import { encodeFailure } from "../shared/failure.ts";
import { openDatabase } from "./open-database.ts";
import { createChangeUnpacker } from "./pack-changes.ts";
import { packCommit } from "./pack-commit.ts";
import type { FromWriter, ToWriter, WriterData } from "./protocol.ts";
import { translateSqliteError } from "./sqlite-error.ts";
import { createWriter, type Writer } from "./writer.ts";

/** How long nothing must happen before pages are given back. */
const REST_MS = 2000;
/** How often a quiet writer looks for runs that fell silent. */
const LOOK_MS = 15_000;

// The one thread that writes. It takes all that is queued into one commit, answers, does at most one piece of background
// work, and looks at the queue again, without going back to its event loop in between.
const data = workerData as WriterData;
const port = parentPort as MessagePort;
const unpack = createChangeUnpacker();
let writer: Writer | undefined;
let timer: NodeJS.Timeout | undefined;
let isResting = false;
/** What the HTTP thread last heard of the engine's memory. */
let told: Writer["memory"] = { tailBytes: 0, journalBytes: 0, journalPoints: 0 };

keepBallast();

port.on("message", (message: ToWriter) => {
  clearTimeout(timer);
  isResting = false;
  work([message]);
});

function send(message: FromWriter): void {
  port.postMessage(message);
}

function work(first: readonly ToWriter[]): void {
  let messages: readonly ToWriter[] = [...first, ...receiveAll()];
  for (;;) {
    if (takeAll(messages) === "closing") return;
    const isTended = writer?.tend(Date.now()) === true;
    const isDue = isTended || (isResting && writer?.rest() === true);
    messages = receiveAll();
    if (messages.length > 0) isResting = false;
    else if (!isDue) break;
  }
  sleep();
}

/** Sets the alarm for what time alone makes due. */
function sleep(): void {
  tell();
  if (!isResting) timer = setTimeout(wake, REST_MS, true);
  else if (writer?.isExpecting() === true) timer = setTimeout(wake, LOOK_MS, true);
}

/** Opening the file and work in the background change the memory without an answer that would tell. */
function tell(): void {
  if (writer === undefined) return;
  const { memory } = writer;
  const isTold = (Object.keys(memory) as (keyof typeof memory)[]).every((name) => memory[name] === told[name]);
  if (!isTold) send({ type: "sleeps", memory });
  told = memory;
}

function wake(rests: boolean): void {
  isResting = rests;
  work([]);
}

function receiveAll(): ToWriter[] {
  const messages: ToWriter[] = [];
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    messages.push(next.message as ToWriter);
  }
  return messages;
}

function takeAll(messages: readonly ToWriter[]): "closing" | undefined {
  let changes: Change[] = [];
  for (const message of messages) {
    if (message.type === "changes") {
      const more = unpack(message);
      changes = changes.length === 0 ? more : changes.concat(more);
      continue;
    }
    commit(changes);
    changes = [];
    if (message.type === "open") open();
    if (message.type === "settle") settle(message.id);
    if (message.type === "close") {
      void close();
      return "closing";
    }
  }
  commit(changes);
  return undefined;
}

function open(): void {
  try {
    const database = openDatabase(data);
    writer = createWriter(database, { ...data, onProblem: (failure) => send({ type: "problem", failure }) });
  } catch (error) {
    send({ type: "failed", failure: encodeFailure(translateSqliteError(error, data.file)) });
  }
}

function commit(changes: readonly Change[]): void {
  if (writer === undefined || changes.length === 0) return;
  const { outcomes, events } = writer.commit(changes);
  told = writer.memory;
  send({ type: "committed", ...packCommit(changes, outcomes, events), memory: told });
}

function settle(id: number): void {
  if (writer === undefined) return;
  // At the end of time every run has been silent for long enough, also one written just now.
  while (writer.tend(Number.POSITIVE_INFINITY));
  while (writer.rest());
  send({ type: "settled", id, memory: writer.memory });
}

async function close(): Promise<void> {
  try {
    await writer?.close();
  } catch (error) {
    send({ type: "problem", failure: encodeFailure(translateSqliteError(error, data.file)) });
  }
  send({ type: "closed" });
  port.close();
}
