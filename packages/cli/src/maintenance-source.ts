import { type ErrorCode, type Finding, type GcResult, type Progress, TrackerError } from "@cairn/core";
import { strangerAt } from "./stranger-at.ts";

/** Whoever can check and clean a folder: the folder opened here, or the server that has it. */
export interface MaintenanceSource extends AsyncDisposable {
  check(onProgress: (progress: Progress) => void): AsyncIterable<Finding>;
  gc(onProgress: (progress: Progress) => void): Promise<GcResult>;
}

interface Line {
  readonly progress?: Progress;
  readonly finding?: Finding;
  readonly done?: unknown;
  readonly problem?: { readonly code: ErrorCode; readonly message: string };
}

/** Asks a running server; its answer is one JSON document a line. */
export function askServer(url: string): MaintenanceSource {
  return {
    async *check(onProgress) {
      for await (const line of lines(url, "check", onProgress)) {
        if (line.finding !== undefined) yield line.finding;
      }
    },
    async gc(onProgress) {
      for await (const line of lines(url, "gc", onProgress)) {
        if (line.done !== undefined) return line.done as GcResult;
      }
      throw new TrackerError("unavailable", `The server at ${url} broke off.`);
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function* lines(
  url: string,
  call: "check" | "gc",
  onProgress: (progress: Progress) => void,
): AsyncGenerator<Line> {
  const response = await fetch(`${url}/api/v1/maintenance/${call}`, { method: "POST" }).catch((cause: unknown) => {
    throw new TrackerError("unavailable", `No server answers at ${url}. Is it running?`, {}, { cause });
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { code?: ErrorCode; message?: string };
    if (problem.code === undefined || problem.message === undefined) throw strangerAt(url);
    throw new TrackerError(problem.code, problem.message);
  }
  if (response.body === null || !response.headers.get("content-type")?.startsWith("application/x-ndjson"))
    throw strangerAt(url);
  let rest = "";
  let isDone = false;
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = JSON.parse(part) as Line;
      if (line.problem !== undefined) throw new TrackerError(line.problem.code, line.problem.message);
      if (line.progress !== undefined) onProgress(line.progress);
      if (line.done !== undefined) isDone = true;
      yield line;
    }
  }
  if (!isDone) throw new TrackerError("unavailable", "The server broke off in the middle.");
}
