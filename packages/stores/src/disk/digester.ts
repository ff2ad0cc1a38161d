import { createHash, type Hash } from "node:crypto";
import { createThreadHash, type ThreadHash } from "./hash-thread.ts";

/**
 * A SHA-256 under way. Small files are hashed where they come in; what begins with a whole batch is hashed by a thread,
 * so that the one which speaks HTTP does not wait for it.
 */
export interface Digester {
  /** Decided by the first bytes: memory that threads share goes to the thread, and then all that follows must be such. */
  readonly place: "undecided" | "here" | "thread";
  /** The bytes may be changed again when it resolves. */
  update(bytes: Uint8Array): Promise<void>;
  /** Hex digits of all so far; more may follow. Undefined when they were lost with the thread: then read the bytes again. */
  digest(): Promise<string | undefined>;
  /** Frees what the thread holds for it. It may not be used afterwards. */
  drop(): void;
}

export function createDigester(): Digester {
  let here: Hash | null = null;
  let thread: ThreadHash | null = null;
  return {
    get place() {
      return here !== null ? "here" : thread !== null ? "thread" : "undecided";
    },
    async update(bytes) {
      if (here === null && isShared(bytes)) {
        thread ??= createThreadHash();
        await thread.update(bytes);
        return;
      }
      if (thread !== null) throw new Error("a hash that a thread counts takes shared memory only");
      here ??= createHash("sha256");
      here.update(bytes);
    },
    async digest() {
      return thread === null ? (here ?? createHash("sha256")).copy().digest("hex") : thread.digest();
    },
    drop() {
      thread?.drop();
    },
  };
}

function isShared(bytes: Uint8Array): bytes is Uint8Array<SharedArrayBuffer> {
  return bytes.buffer instanceof SharedArrayBuffer;
}
