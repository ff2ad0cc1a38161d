import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import { isPlainKey, parseLogBody } from "@cairn/contract";
import type { LogInput } from "@cairn/core";
import { createKeyTexts } from "../scan/key-texts.ts";
import { scanSeries } from "../scan/scan-series.ts";

/**
 * Bodies begin so, up to the first key: what is read as columns is then surely the body's own `series`. Blanks are those of JSON
 * alone, for nobody parses this part again.
 */
const beginning = /^[ \t\r\n]*\{[ \t\r\n]*"series"[ \t\r\n]*:[ \t\r\n]*\{/;
const LONGEST_BEGINNING = 64;
const readKeys = createKeyTexts(isPlainKey);
/** Stands for the columns while the rest is parsed. Nobody can guess it: a body that names `series` again is found out. */
const MARK = randomUUID();

/**
 * Reads a JSON body of `runs.log` that begins with `series`: its columns straight from the bytes, the rest as ever. A thousand
 * names of an object cost JSON.parse more than their numbers.
 *
 * @param now time of points that have none, in ms.
 * @returns undefined for anything unusual or wrong: `parseLogBody` judges that.
 */
export function scanLog(body: Buffer, now: number): LogInput | undefined {
  const head = beginning.exec(body.toString("latin1", 0, LONGEST_BEGINNING))?.[0];
  const series = head === undefined ? undefined : scanSeries(body, head.length, now, readKeys);
  if (series === undefined || !isUtf8(body)) return undefined;
  const rest = readRest(body.toString("utf8", series.end));
  return rest && parseLogBody(rest, now, series.points);
}

/** What follows the columns. Undefined = not JSON, or points come in another form too. */
function readRest(text: string): object | undefined {
  try {
    const { series, ...rest } = JSON.parse(`{"series":"${MARK}"${text}`) as Record<string, unknown>;
    return series !== MARK || "points" in rest ? undefined : rest;
  } catch {
    return undefined;
  }
}
