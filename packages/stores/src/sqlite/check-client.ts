import { on } from "node:events";
import type { RecordFinding } from "../shared/check-series.ts";
import { startThread } from "./start-thread.ts";

type FromCheck = { readonly findings: readonly RecordFinding[] } | { readonly done: true };

/** Runs a check in a thread of its own; leaving the loop early ends it. */
export async function* checkDatabase(file: string): AsyncGenerator<RecordFinding> {
  const worker = startThread(new URL("./check-worker.ts", import.meta.url), { file });
  try {
    for await (const [message] of on(worker, "message", { close: ["exit"] }) as AsyncIterable<[FromCheck]>) {
      if ("done" in message) return;
      yield* message.findings;
    }
  } finally {
    await worker.terminate();
  }
}
