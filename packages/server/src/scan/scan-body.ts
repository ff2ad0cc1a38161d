import type { SeriesBatch } from "@cairn/core";
import type { KeyTexts } from "./key-texts.ts";
import { type Scanner, scannerFor } from "./scanner.ts";

/** Points read straight from a body. */
export interface Scanned {
  readonly points: SeriesBatch;
  /** Behind the closing bracket or brace. */
  readonly end: number;
}

/** Lets the compiled code read a body. @param read one of its scans: the place behind what it read, or 0. */
export function scanBody(
  bytes: Buffer,
  readKeys: KeyTexts,
  read: (code: Scanner["code"]) => number,
): Scanned | undefined {
  const scanner = scannerFor(bytes);
  if (scanner === undefined) return undefined;
  scanner.body.set(bytes);
  const end = read(scanner.code);
  if (end === 0) return undefined;
  const keys = readKeys(scanner.keys.subarray(0, scanner.code.getKeysLength()));
  return keys && { points: takePoints(scanner, keys), end };
}

/** The points of the last scan. Copies, because the next one overwrites them. */
function takePoints({ counts, steps, times, values }: Scanner, keys: readonly string[]): SeriesBatch {
  let total = 0;
  for (let part = 0; part < keys.length; part++) total += counts[part] as number;
  return {
    keys,
    counts: counts.slice(0, keys.length),
    steps: steps.slice(0, total),
    times: times.slice(0, total),
    values: values.slice(0, total),
    batches: null,
  };
}
