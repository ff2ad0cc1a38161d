import assert from "node:assert/strict";
import {
  type ErrorCode,
  isTrackerError,
  type PointRow,
  packPoints,
  type Run,
  type SeriesBatch,
  type Services,
} from "@cairn/core";

/** The act is refused with this code, and the message holds what is asked for. */
export async function refuses(code: ErrorCode, act: () => Promise<unknown>, message?: RegExp): Promise<void> {
  let result: unknown;
  try {
    result = await act();
  } catch (error) {
    assert.ok(isTrackerError(error), `not a TrackerError: ${error instanceof Error ? error.stack : String(error)}`);
    assert.equal(error.code, code, error.message);
    if (message !== undefined) assert.match(error.message, message);
    return;
  }
  assert.fail(`taken, where ${code} was expected: ${JSON.stringify(result)}`);
}

let count = 0;

/** A name that no other scenario uses. */
export function freshName(word: string): string {
  return `${word} ${++count}`;
}

/** A run in an experiment of its own. */
export async function freshRun(services: Services): Promise<Run> {
  const { id } = await services.experiments.create({ name: freshName("experiment") });
  return services.runs.create({ experiment: id });
}

export function points(rows: readonly PointRow[]): SeriesBatch {
  return packPoints(rows);
}

interface Row {
  readonly step: number;
  readonly time: number;
  readonly value: number;
  readonly batch: number | null;
}

/** A series' points as rows, all pages. */
export async function rowsOf(services: Services, run: string, key: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await services.series.history(run, key, { cursor });
    for (const [i, step] of page.steps.entries()) {
      const batch = page.batches?.[i] ?? Number.NaN;
      rows.push({
        step,
        time: page.times[i] ?? 0,
        value: page.values[i] ?? 0,
        batch: Number.isNaN(batch) ? null : batch,
      });
    }
    if (page.next === null) return rows;
    cursor = page.next;
  }
}

export async function* bytesOf(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? new TextEncoder().encode(part) : part;
}

export async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of bytes) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}
