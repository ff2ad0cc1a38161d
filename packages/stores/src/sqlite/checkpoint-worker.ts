import { fdatasyncSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { openForReading } from "./open-database.ts";

// A thread of its own, because a checkpoint waits for the disk. PASSIVE never makes the writer or a reader wait.
const { file, busy, descriptor } = workerData as {
  file: string;
  busy: Int32Array<SharedArrayBuffer>;
  descriptor: number;
};
const database = openForReading({ file, cacheKib: 256 });
parentPort?.on("message", () => {
  try {
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    // SQLite flushes the database only behind the log's last page, which the writer copies: it would wait for all of this.
    fdatasyncSync(descriptor);
  } finally {
    Atomics.store(busy, 0, 0);
  }
});
