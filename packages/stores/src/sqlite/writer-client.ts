import { type EventBus, type SeriesWriter, TrackerError } from "@cairn/core";
import type { Change, Outcome } from "../shared/committer.ts";
import { decodeFailure, encodeFailure } from "../shared/failure.ts";
import { createChangePacker } from "./pack-changes.ts";
import { type PackedCommit, unpackEvents, unpackOutcome } from "./pack-commit.ts";
import type { FromWriter, ToWriter, WriterData } from "./protocol.ts";
import { sizeOf } from "./size-of.ts";
import { PROMPT_BYTES, QUEUE_BYTES } from "./sizes.ts";
import { startThread } from "./start-thread.ts";

interface Waiting {
  readonly change: Change;
  readonly bytes: number;
  resolve(value: unknown): void;
  reject(error: TrackerError): void;
}

/** The HTTP thread's end of the writer's thread. */
export interface WriterClient {
  /**
   * Call once the file is ready for the writer. Changes may be written at once: they wait until the thread has loaded.
   * Should it fail to open the file, every write fails with the reason.
   */
  open(): void;
  write(change: Change): Promise<unknown>;
  /** All background work that could be due is done when it resolves: everything sealed, purged, given back. */
  settle(): Promise<void>;
  readonly queued: { readonly changes: number; readonly bytes: number };
  readonly memory: SeriesWriter["memory"];
  /** Resolves when every change is answered and the thread has ended. */
  close(): Promise<void>;
}

/**
 * Starts the thread. Small changes of one turn of the event loop travel in one message, a large one at once, with those before
 * it; the answers of a commit come back in one, and events go out before the answers.
 */
export function startWriter(
  data: WriterData,
  options: {
    readonly events: EventBus;
    readonly onProblem: (error: TrackerError) => void;
    readonly onFailure?: ((error: TrackerError) => void) | undefined;
  },
): WriterClient {
  const worker = startThread(new URL("./writer-worker.ts", import.meta.url), data);
  const closing = Promise.withResolvers<void>();
  const settling = new Map<number, PromiseWithResolvers<void>>();
  /** Sent, not yet answered, oldest first from `answered` on. */
  let sent: Waiting[] = [];
  const packer = createChangePacker();
  let gathered: Waiting[] = [];
  let bytes = 0;
  let settles = 0;
  let ended: TrackerError | undefined;
  let isClosing = false;
  let memory: SeriesWriter["memory"] = { tailBytes: 0, journalBytes: 0, journalPoints: 0 };

  worker.on("message", (message: FromWriter) => {
    if (message.type === "problem") options.onProblem(decodeFailure(message.failure));
    else if (message.type === "failed") fail(decodeFailure(message.failure));
    else if (message.type === "closed") closing.resolve();
    else {
      memory = message.memory;
      if (message.type === "settled") settling.get(message.id)?.resolve();
      else if (message.type === "committed") {
        options.events.publish(unpackEvents(message));
        answer(message.outcomes);
      }
    }
  });
  worker.on("error", (cause) => fail(failed(cause)));
  worker.on("exit", () => (isClosing ? end(new TrackerError("unavailable", "The store is closed.")) : fail(failed())));

  function post(message: ToWriter): void {
    worker.postMessage(message);
  }

  function send(): void {
    if (gathered.length === 0) return;
    const entries = gathered;
    gathered = [];
    try {
      sendAll(entries);
    } catch {
      // One of them cannot be cloned: it must not take the others along.
      for (const entry of entries) sendAlone(entry);
    }
  }

  function sendAll(entries: Waiting[]): void {
    try {
      const packed = packer.pack(entries.map((entry) => entry.change));
      worker.postMessage({ type: "changes", ...packed } satisfies ToWriter, [packed.columns]);
    } catch (error) {
      packer.forget();
      throw error;
    }
    sent = sent.length === 0 ? entries : sent.concat(entries);
  }

  function sendAlone(entry: Waiting): void {
    try {
      sendAll([entry]);
    } catch (error) {
      bytes -= entry.bytes;
      entry.reject(decodeFailure(encodeFailure(error)));
    }
  }

  function answer(outcomes: PackedCommit["outcomes"]): void {
    const answered = sent.slice(0, outcomes.length);
    sent = sent.slice(outcomes.length);
    for (const entry of answered) bytes -= entry.bytes;
    answered.forEach((entry, at) => {
      const outcome = unpackOutcome(outcomes[at] as Outcome | number);
      if ("failure" in outcome) entry.reject(decodeFailure(outcome.failure));
      else entry.resolve(outcome.value);
    });
  }

  function fail(error: TrackerError): void {
    if (ended !== undefined) return;
    options.onProblem(error);
    end(error);
    if (!isClosing) options.onFailure?.(error);
  }

  function end(error: TrackerError): void {
    if (ended !== undefined) return;
    ended = error;
    closing.resolve();
    for (const entry of [...sent, ...gathered]) entry.reject(error);
    for (const settle of settling.values()) settle.reject(error);
    sent = [];
    gathered = [];
    bytes = 0;
  }

  return {
    open: () => post({ type: "open" }),
    write(change) {
      if (ended !== undefined) return Promise.reject(ended);
      const size = sizeOf(change.input);
      if (bytes > 0 && bytes + size > QUEUE_BYTES) return Promise.reject(tooMuchWaits(bytes));
      return new Promise((resolve, reject) => {
        const isPrompt = size >= PROMPT_BYTES;
        if (gathered.length === 0 && !isPrompt) setImmediate(send);
        gathered.push({ change, bytes: size, resolve, reject });
        bytes += size;
        if (isPrompt) send();
      });
    },
    settle() {
      if (ended !== undefined) return Promise.reject(ended);
      settles += 1;
      const settle = Promise.withResolvers<void>();
      settling.set(settles, settle);
      post({ type: "settle", id: settles });
      return settle.promise;
    },
    get queued() {
      return { changes: sent.length + gathered.length, bytes };
    },
    get memory() {
      return memory;
    },
    async close() {
      isClosing = true;
      if (gathered.length > 0) send();
      post({ type: "close" });
      await closing.promise;
      await worker.terminate();
    },
  };
}

function failed(cause?: unknown): TrackerError {
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  const message = `The server's writer has ended${why}: nothing can be stored until the server is started again.`;
  return new TrackerError("unavailable", message, {}, { cause });
}

function tooMuchWaits(bytes: number): TrackerError {
  return new TrackerError("rate_limited", "Too much waits to be written. Send the request again in a second.", {
    retryAfterSeconds: 1,
    queuedBytes: bytes,
    limitBytes: QUEUE_BYTES,
  });
}
