import type { KeyTexts } from "./key-texts.ts";
import { scannerFor } from "./scanner.ts";
import { type Scanned, takePoints } from "./take-points.ts";

/**
 * As `scanMetrics`, but columns by key: `"loss": {"steps": […], "values": […], "times": […]}`, lists of finite numbers, in any
 * order, and times only if there are any.
 *
 * @param start behind the object's opening brace.
 * @param now time of points that have none, in ms.
 */
export function scanSeries(bytes: Buffer, start: number, now: number, readKeys: KeyTexts): Scanned | undefined {
  const scanner = scannerFor(bytes);
  if (scanner === undefined) return undefined;
  const { code, body, counts } = scanner;
  body.set(bytes);
  const end = code.scanSeries(start, bytes.length, now);
  if (end === 0) return undefined;
  const keys = readKeys(scanner.keys.subarray(0, code.getKeysLength()));
  if (keys === undefined) return undefined;
  let total = 0;
  for (let part = 0; part < keys.length; part++) total += counts[part] as number;
  return { points: takePoints(scanner, keys, total), end };
}
