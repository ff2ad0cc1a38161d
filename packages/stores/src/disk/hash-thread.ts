import { Worker } from "node:worker_threads";

export type HashQuestion =
  | { readonly kind: "update"; readonly id: number; readonly bytes: Uint8Array<SharedArrayBuffer> }
  | { readonly kind: "digest"; readonly id: number }
  | { readonly kind: "drop"; readonly id: number };

/** The thread ends when nobody has asked it anything for so long. */
const IDLE_MS = 30_000;

/** One running thread. What it knows is gone with it. */
interface Thread {
  ask(question: HashQuestion): Promise<string | undefined>;
  readonly isAlive: boolean;
}

let current: Thread | null = null;

/** A SHA-256 that is counted in a thread shared by the whole process, so that the one that speaks HTTP does not wait. */
export interface ThreadHash {
  /** Resolves when the bytes were counted in; they may be changed then, not before. */
  update(bytes: Uint8Array<SharedArrayBuffer>): Promise<void>;
  /** Hex digits of all bytes so far; more may follow. Undefined when the thread has ended since. */
  digest(): Promise<string | undefined>;
  drop(): void;
}

let lastId = 0;

export function createThreadHash(): ThreadHash {
  current = current?.isAlive ? current : startThread();
  const thread = current;
  lastId += 1;
  const id = lastId;
  return {
    async update(bytes) {
      await thread.ask({ kind: "update", id, bytes });
    },
    digest: () => thread.ask({ kind: "digest", id }),
    drop() {
      void thread.ask({ kind: "drop", id });
    },
  };
}

function startThread(): Thread {
  const worker = new Worker(new URL("./hash-worker.ts", import.meta.url), { execArgv: [] });
  const waiting: ((answer: string | undefined) => void)[] = [];
  let isAlive = true;
  let timer: NodeJS.Timeout | undefined;
  // A thread that died, for whatever reason, has lost its hashes: that is an answer which all who ask must handle.
  const end = () => {
    isAlive = false;
    for (const answer of waiting.splice(0)) answer(undefined);
  };
  const rest = () => {
    worker.unref();
    timer ??= setTimeout(() => {
      end();
      void worker.terminate();
    }, IDLE_MS).unref();
    timer.refresh();
  };
  worker.on("message", (answer: string | undefined) => {
    waiting.shift()?.(answer);
    if (waiting.length === 0) rest();
  });
  worker.on("error", end);
  worker.on("exit", end);
  rest();
  return {
    get isAlive() {
      return isAlive;
    },
    ask(question) {
      if (!isAlive) return Promise.resolve(undefined);
      worker.postMessage(question);
      if (question.kind === "drop") return Promise.resolve(undefined);
      worker.ref();
      timer?.refresh();
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
  };
}
