import type { KeyTexts } from "./key-texts.ts";
import { scannerFor } from "./scanner.ts";
import { type Scanned, takePoints } from "./take-points.ts";

/**
 * Reads a list of metrics straight from the body's bytes into columns grouped by key: no text and no object for each, which
 * is what most of JSON.parse's time goes into. It knows one form, the one that clients send: an object of `key`, `value`,
 * `timestamp` and perhaps `step`, in this order, plain keys and finite numbers. The work is done by compiled code, see
 * `assembly/`.
 *
 * @param start behind the list's opening bracket.
 * @returns undefined for anything else, be it wrong or merely unusual: JSON.parse and the schema judge that.
 */
export function scanMetrics(bytes: Buffer, start: number, readKeys: KeyTexts): Scanned | undefined {
  const scanner = scannerFor(bytes);
  if (scanner === undefined) return undefined;
  const { code, body } = scanner;
  body.set(bytes);
  const end = code.scan(start, bytes.length);
  if (end === 0) return undefined;
  const keys = readKeys(scanner.keys.subarray(0, code.getKeysLength()));
  return keys && { points: takePoints(scanner, keys, code.getCount()), end };
}
