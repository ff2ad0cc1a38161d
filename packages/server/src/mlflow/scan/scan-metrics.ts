import type { SeriesBatch } from "@cairn/core";
import { isKey } from "../checks.ts";
import { createScanner, type Scanner } from "./scanner.ts";

export interface ScannedMetrics {
  readonly points: SeriesBatch;
  /** Behind the list's closing bracket. */
  readonly end: number;
}

/** Lists of keys read lately, beside their texts: a training sends the same ones at every step. */
const known: { readonly text: Buffer; readonly keys: readonly string[] }[] = [];
const MOST_KNOWN = 32;
let nextKnown = 0;

/** Undefined = it cannot be had here. */
let scanner: Scanner | undefined | null = null;

/**
 * Reads a list of metrics straight from the body's bytes into columns grouped by key: no text and no object for each, which
 * is what most of JSON.parse's time goes into. It knows one form, the one that clients send: an object of `key`, `value`,
 * `timestamp` and perhaps `step`, in this order, plain keys and finite numbers. The work is done by compiled code, see
 * `assembly/`.
 *
 * @param start behind the list's opening bracket.
 * @returns undefined for anything else, be it wrong or merely unusual: JSON.parse and the schema judge that.
 */
export function scanMetrics(bytes: Buffer, start: number): ScannedMetrics | undefined {
  if (scanner === null) scanner = findScanner();
  if (scanner === undefined || bytes.length > scanner.body.length) return undefined;
  const { code, body, counts, steps, times, values } = scanner;
  body.set(bytes);
  const end = code.scan(start, bytes.length);
  if (end === 0) return undefined;
  const keys = findKeys(scanner.keys.subarray(0, code.getKeysLength()));
  if (keys === undefined) return undefined;
  const total = code.getCount();
  const points: SeriesBatch = {
    keys,
    counts: counts.slice(0, keys.length),
    steps: steps.slice(0, total),
    times: times.slice(0, total),
    values: values.slice(0, total),
    batches: null,
  };
  return { points, end };
}

function findScanner(): Scanner | undefined {
  try {
    return createScanner();
  } catch {
    return undefined;
  }
}

/** @returns undefined if a key is not allowed */
function findKeys(text: Buffer): readonly string[] | undefined {
  const met = known.find((list) => list.text.equals(text));
  if (met !== undefined) return met.keys;
  const keys = text.toString("latin1", 0, text.length - 1).split('"');
  if (!keys.every(isKey)) return undefined;
  // Frozen, a list is known by itself behind this, and need not be read again (`createKeyLists`).
  known[nextKnown] = { text: Buffer.from(text), keys: Object.freeze(keys) };
  nextKnown = (nextKnown + 1) % MOST_KNOWN;
  return keys;
}
