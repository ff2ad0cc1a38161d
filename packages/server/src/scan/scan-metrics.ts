import type { KeyTexts } from "./key-texts.ts";
import { type Scanned, scanBody } from "./scan-body.ts";

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
  return scanBody(bytes, readKeys, (code) => code.scan(start, bytes.length));
}
