import { createHash, type Hash } from "node:crypto";
import { type Put, type WriteThread, writeThread } from "./write-thread.ts";

/**
 * A SHA-256 under way. Small files are hashed where they come in; what begins with a whole slot is hashed by the thread
 * that writes it. The first bytes decide, and all that follow go the same way.
 */
export interface Digester {
  readonly place: "undecided" | "here" | "thread";
  /** Counts bytes in here and now. */
  update(bytes: Uint8Array): void;
  /** Has the thread write and count bytes. False when it has ended: then they must be written, and later read, again. */
  put(put: Omit<Put, "id">): Promise<boolean>;
  /** Hex digits of all so far; more may follow. Undefined when they were lost with the thread: then read the bytes again. */
  digest(): Promise<string | undefined>;
  /** Frees what the thread holds for it. It may not be used afterwards. */
  drop(): void;
}

let lastId = 0;

export function createDigester(): Digester {
  let here: Hash | null = null;
  let there: { readonly thread: WriteThread; readonly id: number } | null = null;
  return {
    get place() {
      return here !== null ? "here" : there !== null ? "thread" : "undecided";
    },
    update(bytes) {
      if (there !== null) throw new Error("this hash is counted by the thread");
      here = (here ?? createHash("sha256")).update(bytes);
    },
    put(put) {
      if (here !== null) throw new Error("this hash is counted here");
      if (there === null) {
        lastId += 1;
        there = { thread: writeThread(), id: lastId };
      }
      return there.thread.put({ id: there.id, ...put });
    },
    async digest() {
      return there === null ? (here ?? createHash("sha256")).copy().digest("hex") : there.thread.digest(there.id);
    },
    drop() {
      there?.thread.drop(there.id);
    },
  };
}
