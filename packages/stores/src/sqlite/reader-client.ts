import type { Worker } from "node:worker_threads";
import { TrackerError } from "@cairn/core";
import { decodeFailure } from "../shared/failure.ts";
import type { FromReader, ToReader } from "./reader-worker.ts";
import { startThread } from "./start-thread.ts";

/** The HTTP thread's end of the thread that answers what may take long. */
export interface ReaderClient {
  /** With a form, the answer is bytes. */
  read(kind: string, input: unknown, form?: string): Promise<unknown>;
  close(): Promise<void>;
}

/** The thread is started with the first question, and again after it failed. */
export function createReaderClient(file: string, forms?: URL): ReaderClient {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let worker: Worker | undefined;
  let last = 0;

  function start(): Worker {
    const started = startThread(new URL("./reader-worker.ts", import.meta.url), { file, forms: forms?.href });
    started.on("message", (message: FromReader) => {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if ("failure" in message) asked?.reject(decodeFailure(message.failure));
      else asked?.resolve(message.value);
    });
    started.on("error", (cause) =>
      fail(new TrackerError("unavailable", "The reader failed; ask again.", {}, { cause })),
    );
    started.on("exit", () => {
      if (worker === started) fail(new TrackerError("unavailable", "The store is closed."));
    });
    return started;
  }

  function fail(error: TrackerError): void {
    worker = undefined;
    for (const asked of waiting.values()) asked.reject(error);
    waiting.clear();
  }

  return {
    read(kind, input, form) {
      worker ??= start();
      last += 1;
      const asked = Promise.withResolvers<unknown>();
      waiting.set(last, asked);
      worker.postMessage({ id: last, kind, input, form } satisfies ToReader);
      return asked.promise;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
