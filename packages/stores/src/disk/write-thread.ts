import { Worker } from "node:worker_threads";

type Shared = Uint8Array<SharedArrayBuffer>;

export interface Put {
  /** Of the hash that counts the bytes; null for none. */
  readonly id: number | null;
  readonly bytes: Shared;
  readonly fd: number;
  /** Of the same file, opened for direct writes; null when these bytes or this place cannot be written so. */
  readonly direct: number | null;
  readonly position: number;
}

export type Question =
  | ({ readonly kind: "put" } & Put)
  | { readonly kind: "digest"; readonly id: number }
  | { readonly kind: "drop"; readonly id: number };

export interface Answer {
  readonly digest?: string | undefined;
  /** An error's own fields do not cross between threads. */
  readonly failure?: { message: string; code: string | undefined; syscall: string | undefined };
}

/** One running thread. What it had counted is gone with it, and so those who ask must handle that it has ended. */
export interface WriteThread {
  readonly isAlive: boolean;
  /** Writes bytes, and counts them in. False when the thread has ended: nothing is known of them then. @throws the system's error. */
  put(put: Put): Promise<boolean>;
  /** The SHA-256 of all that was counted under the id, in hex digits; undefined when the thread has ended. */
  digest(id: number): Promise<string | undefined>;
  drop(id: number): void;
  end(): void;
}

/** The thread ends when nobody has asked it anything for so long. */
const IDLE_MS = 30_000;

let current: WriteThread | null = null;

/** The thread of this process that takes the work of large files off the one which speaks HTTP; started when first needed. */
export function writeThread(): WriteThread {
  current = current?.isAlive ? current : startThread();
  return current;
}

/** Ends the thread when it has answered what it was asked; the next to need one gets a new one. */
export function endWriteThread(): void {
  current?.end();
  current = null;
}

function startThread(): WriteThread {
  const worker = new Worker(new URL("./write-worker.mjs", import.meta.url), {
    execArgv: [],
    // It holds no more than a few hashes: a small heap keeps a large upload from growing the process.
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 },
  });
  const waiting: ((answer: Answer | undefined) => void)[] = [];
  let isAlive = true;
  // Never amid a task: whoever waits would use the memory, or close the file, that the thread still works on.
  const rest = () => {
    if (waiting.length > 0) return;
    worker.unref();
    if (!isAlive) void worker.terminate();
  };
  const end = () => {
    isAlive = false;
    rest();
  };
  const timer = setTimeout(() => (waiting.length > 0 ? timer.refresh() : end()), IDLE_MS).unref();
  const ask = (question: Question): Promise<Answer | undefined> => {
    if (!isAlive) return Promise.resolve(undefined);
    worker.postMessage(question);
    worker.ref();
    timer.refresh();
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
  worker.on("message", (answer: Answer) => {
    waiting.shift()?.(answer);
    rest();
  });
  // After an error comes the exit, and only then is it sure that the thread touches nothing any more.
  worker.on("error", () => {
    isAlive = false;
  });
  worker.on("exit", () => {
    isAlive = false;
    for (const settle of waiting.splice(0)) settle(undefined);
  });
  worker.unref();
  return {
    get isAlive() {
      return isAlive;
    },
    async put(put) {
      const answer = await ask({ kind: "put", ...put });
      if (answer?.failure !== undefined) throw Object.assign(new Error(answer.failure.message), answer.failure);
      return answer !== undefined;
    },
    async digest(id) {
      return (await ask({ kind: "digest", id }))?.digest;
    },
    drop(id) {
      if (isAlive) worker.postMessage({ kind: "drop", id } satisfies Question);
    },
    end,
  };
}
