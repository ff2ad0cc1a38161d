import { isTrackerError, type LogInput, type LogResult, TrackerError, type WriterMark } from "@cairn/core";
import { createPointQueue, type PointQueue } from "./point-queue.ts";
import { pause, retryDelay } from "./transport.ts";

/** Above this many waiting points `add` says false: the training should wait for `ready`. */
export const HIGH_WATER = 100_000;
/** Some 200 MB. A training that logs on without ever letting the event loop run gets an error, not a dead process. */
export const MOST_WAITING = 5_000_000;
/** Points gather this long before they go out, unless a batch is full or somebody waits. */
const GATHER_MS = 50;
const LONGEST_PAUSE_MS = 2000;
/** A server that fails in itself may recover; one that does not must not hold a training for ever. */
const INTERNAL_TRIES = 10;

export interface Problem {
  readonly message: string;
  /** False = it will be tried again; true = this part of the log is refused for good. */
  readonly isFinal: boolean;
}

export interface OutboxInput {
  /** Sends one call. */
  send(input: LogInput): Promise<LogResult>;
  /** Random: marks of two writers of one run must never meet. */
  readonly writerId: string;
  readonly onProblem: (problem: Problem) => void;
}

type Item =
  | { readonly kind: "points"; readonly queue: PointQueue }
  | { readonly kind: "call"; readonly input: LogInput; settle(error?: unknown): void };

/** What waits to be sent, in order. Nothing is dropped while the process lives, unless the server refuses it for good. */
export interface Outbox {
  /** @returns false above the high-water mark. @throws rate_limited above five million waiting points. */
  add(key: string, step: number, time: number, value: number, batch: number | null): boolean;
  /** Sends a call after all that was added before. @throws what the server refuses. */
  call(input: LogInput): Promise<void>;
  /** Resolves when fewer than half of the high-water mark wait. */
  ready(): Promise<void>;
  /** Resolves when all is stored. @throws the first refusal that nobody has seen yet. */
  flush(): Promise<void>;
  readonly waiting: number;
}

/**
 * Sends in the background, one call at a time, each under a mark of its own: a call whose answer was lost is sent again
 * under the same mark and applied once. While the server is away it tries for ever.
 */
export function createOutbox({ send, writerId, onProblem }: OutboxInput): Outbox {
  const items: Item[] = [];
  const refusals: unknown[] = [];
  let number = 0;
  let waiting = 0;
  let isSending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchers: { readonly below: number; resolve(): void }[] = [];

  const wake = (): void => {
    const isIdle = items.length === 0 && !isSending;
    const [due, later] = [watchers.filter(isDue), watchers.filter((watcher) => !isDue(watcher))];
    watchers = later;
    for (const { resolve } of due) resolve();
    function isDue({ below }: { readonly below: number }): boolean {
      return below === 0 ? isIdle : waiting < below;
    }
  };
  const until = (below: number): Promise<void> =>
    new Promise((resolve) => {
      watchers.push({ below, resolve });
      start();
      wake();
    });

  const start = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!isSending && items.length > 0) void work();
  };
  const work = async (): Promise<void> => {
    isSending = true;
    for (let item = items.shift(); item !== undefined; item = items.shift()) {
      const input: LogInput = item.kind === "points" ? { points: item.queue.close() } : item.input;
      const size = item.kind === "points" ? item.queue.size : 0;
      const refusal = await deliver(input, { id: writerId, number: ++number });
      waiting -= size;
      if (item.kind === "call") item.settle(refusal);
      else if (refusal !== undefined) refusals.push(refusal);
      wake();
    }
    isSending = false;
    wake();
  };

  const deliver = async (input: LogInput, writer: WriterMark): Promise<unknown> => {
    for (let attempt = 0; ; attempt++) {
      try {
        // Each try gets the same columns: sending only reads them.
        await send({ ...input, writer });
        if (attempt > 0) onProblem({ message: "The server is back; nothing was lost.", isFinal: false });
        return undefined;
      } catch (error) {
        if (!isPassing(error, attempt)) {
          onProblem({ message: `A part of the log was refused: ${messageOf(error)}`, isFinal: true });
          return error;
        }
        if (attempt === 0)
          onProblem({ message: `${messageOf(error)} ${waiting} points wait; trying on.`, isFinal: false });
        await pause(Math.min(retryDelay(attempt, error), LONGEST_PAUSE_MS));
      }
    }
  };

  return {
    add(key, step, time, value, batch) {
      if (waiting >= MOST_WAITING) {
        throw new TrackerError(
          "rate_limited",
          `${waiting} points wait to be sent. Let the event loop run: \`await run.ready()\` when log() gives false.`,
          { waiting },
        );
      }
      let last = items.at(-1);
      if (last?.kind !== "points" || !last.queue.add(key, step, time, value, batch)) {
        last = { kind: "points", queue: createPointQueue() };
        items.push(last);
        last.queue.add(key, step, time, value, batch);
      }
      waiting++;
      if (items.length > 1) start();
      else if (!isSending) timer ??= setTimeout(start, GATHER_MS);
      return waiting < HIGH_WATER;
    },
    call(input) {
      const done = new Promise<void>((resolve, reject) => {
        items.push({ kind: "call", input, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      });
      // Whoever does not wait for it has been told through onProblem, and is told again by flush.
      done.catch((error: unknown) => refusals.push(error));
      start();
      return done;
    },
    ready: () => (waiting < HIGH_WATER ? Promise.resolve() : until(HIGH_WATER / 2)),
    async flush() {
      await until(0);
      const [first] = refusals.splice(0);
      if (first !== undefined) throw first;
    },
    get waiting() {
      return waiting;
    },
  };
}

function isPassing(error: unknown, attempt: number): boolean {
  if (!isTrackerError(error)) return false;
  if (error.code === "internal") return attempt < INTERNAL_TRIES;
  return error.code === "unavailable" || error.code === "rate_limited" || error.code === "storage_full";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
