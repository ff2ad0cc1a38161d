import { on } from "node:events";
import { TrackerError } from "@cairn/core";
import type { RecordFinding } from "../shared/check-series.ts";
import { startThread } from "./start-thread.ts";

type FromCheck = { readonly findings: readonly RecordFinding[] } | { readonly done: true };

/**
 * Runs a check in a thread of its own; leaving the loop early ends it.
 *
 * @param signal ends it from outside. @throws unavailable when it ended before it was done.
 */
export async function* checkDatabase(file: string, signal: AbortSignal): AsyncGenerator<RecordFinding> {
  const worker = startThread(new URL("./check-worker.ts", import.meta.url), { file });
  const end = () => void worker.terminate();
  signal.addEventListener("abort", end);
  try {
    for await (const [message] of on(worker, "message", { close: ["exit"] }) as AsyncIterable<[FromCheck]>) {
      if ("done" in message) return;
      yield* message.findings;
    }
    throw new TrackerError("unavailable", "The check was broken off because the server is shutting down.");
  } finally {
    signal.removeEventListener("abort", end);
    await worker.terminate();
  }
}
