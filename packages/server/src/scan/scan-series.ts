import type { KeyTexts } from "./key-texts.ts";
import { type Scanned, scanBody } from "./scan-body.ts";

/**
 * As `scanMetrics`, but columns by key: `"loss": {"steps": […], "values": […], "times": […]}`, lists of finite numbers, in any
 * order, and times only if there are any.
 *
 * @param start behind the object's opening brace.
 * @param now time of points that have none, in ms.
 */
export function scanSeries(bytes: Buffer, start: number, now: number, readKeys: KeyTexts): Scanned | undefined {
  return scanBody(bytes, readKeys, (code) => code.scanSeries(start, bytes.length, now));
}
