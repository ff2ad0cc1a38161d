import { closeSync, openSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { Worker } from "node:worker_threads";
import { BUSY_MS } from "./open-database.ts";
import { MIB } from "./sizes.ts";
import { startThread } from "./start-thread.ts";

/** From this size on, a second connection copies the log into the database while commits go on. */
const COPY_BYTES = 16 * MIB;
/** When no more than this is left to copy, the writer does it between two commits, and the log starts anew. */
const REST_BYTES = 2 * MIB;
/** From this size on the writer copies whatever is left: the second connection cannot keep up. */
const RESTART_BYTES = 64 * MIB;
/** A reader with an old snapshot keeps the log from starting anew; the writer waits this long for it … */
const READER_PATIENCE_MS = 20;
/** … and asks again only after this long. */
const RETRY_MS = 250;

export interface WriteAheadLog {
  /** Called by the writer between commits: starts or ends checkpoints. @returns the log's size in bytes. */
  tend(): number;
  /** Copies all that can be copied, now, and lets the log start anew. True if it could. */
  checkpoint(): boolean;
  /** Ends the second connection. Call `close` once the writer's own is closed. */
  stop(): Promise<void>;
  close(): void;
}

/**
 * The writer's care for SQLite's log, whose automatic checkpoints are off: they would make one commit wait for all that
 * the thousand before it wrote. It must be called from the thread that commits, outside a transaction.
 */
export function tendWriteAheadLog(
  database: DatabaseSync,
  { file, busyTimeoutMs = BUSY_MS }: { readonly file: string; readonly busyTimeoutMs: number | undefined },
): WriteAheadLog {
  const pageSize = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
  const measure = database.prepare("PRAGMA wal_checkpoint(NOOP)");
  measure.setReturnArrays(true);
  // 1 while the helper copies. Shared memory, because a busy writer does not come back to its event loop.
  const busy = new Int32Array(new SharedArrayBuffer(4));
  let helper: Worker | undefined;
  // The file itself, for the helper to flush. It is closed last of all: closing any descriptor of a file takes away the
  // locks that this process has on it, also SQLite's.
  let descriptor: number | undefined;
  let wasHelped = false;
  let restartedAt = Number.NEGATIVE_INFINITY;

  function help(): void {
    if (helper === undefined) {
      descriptor ??= openSync(file, "r");
      helper = startThread(new URL("./checkpoint-worker.ts", import.meta.url), { file, busy, descriptor });
      helper.on("error", () => {
        helper = undefined;
        Atomics.store(busy, 0, 0);
      });
    }
    Atomics.store(busy, 0, 1);
    wasHelped = true;
    helper.postMessage("copy");
  }

  function restart(): boolean {
    wasHelped = false;
    restartedAt = performance.now();
    database.exec(`PRAGMA busy_timeout = ${READER_PATIENCE_MS}`);
    try {
      return database.prepare("PRAGMA wal_checkpoint(RESTART)").get()?.["busy"] === 0;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    }
  }

  function sizes(): { bytes: number; pending: number } {
    const [, frames, copied] = measure.get() as unknown as [number, number, number];
    const pending = Math.max(0, frames - copied) * pageSize;
    // A log that is copied whole starts anew with the next commit, whatever its length still says.
    return { bytes: pending === 0 ? 0 : frames * pageSize, pending };
  }

  return {
    tend() {
      const { bytes, pending } = sizes();
      if (bytes < COPY_BYTES) return bytes;
      const isHelping = Atomics.load(busy, 0) === 1;
      const wantsRestart = bytes >= RESTART_BYTES || (wasHelped && !isHelping && pending <= REST_BYTES);
      if (wantsRestart && performance.now() - restartedAt >= RETRY_MS) restart();
      else if (!isHelping) help();
      return bytes;
    },
    checkpoint: restart,
    async stop() {
      await helper?.terminate();
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}
