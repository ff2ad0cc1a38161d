import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";

/** Starts a thread that runs the module `entry`, with `data` as its `workerData`, and our own compile cache if we have one. */
export function startThread(entry: URL, data: object): Worker {
  const own = getCompileCacheDir();
  // Node gives its own folder below the one that was asked for.
  const compileCache = own === undefined ? undefined : dirname(own);
  return new Worker(new URL("./thread.mjs", import.meta.url), {
    workerData: { ...data, entry: entry.href, compileCache },
  });
}
