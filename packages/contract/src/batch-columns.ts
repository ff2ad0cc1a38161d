import { invalid, type LogInput, MAX_BATCH_POINTS, type SeriesBatch } from "@cairn/core";
import { encodeMeasured } from "./checkpoint-json.ts";
import { decodeColumns, encodeColumns, type ReadHeader, readHeader } from "./columns.ts";
import { parseLogParts, parseMark, tooMany } from "./log-body.ts";
import { encodeValue } from "./numbers.ts";

/**
 * A log call as binary columns: counts, steps, times, values, and batches if any. The header is JSON: `kind` "points",
 * `keys` (part i of the columns is `counts[i]` points of `keys[i]`), `writer`, and under `log` all that a JSON body may
 * say beside points.
 */
export function encodeLogColumns(input: LogInput & { readonly points: SeriesBatch }): Uint8Array {
  const { points, writer, parameters, measured, ...rest } = input;
  const { keys, counts, steps, times, values, batches } = points;
  const encoded = parameters?.map((parameter) => ({ ...parameter, value: encodeValue(parameter.value) }));
  const log = {
    ...rest,
    ...(encoded && { parameters: encoded }),
    ...(measured && { measured: encodeMeasured(measured) }),
  };
  return encodeColumns({
    header: { kind: "points", keys, writer, log },
    columns: batches === null ? [counts, steps, times, values] : [counts, steps, times, values, batches],
  });
}

/**
 * The reverse. What a batch promises (whole steps, plain keys, counts that add up) is checked by core.
 * @param read as `decodeColumns` takes it
 * @throws invalid, too_large as `parseLogBody`.
 */
export function decodeLogColumns(bytes: Uint8Array, read: ReadHeader = readHeader): LogInput {
  const { header, columns } = decodeColumns(bytes, MAX_BATCH_POINTS, read);
  const { kind, keys, writer, log, ...unknown } = header;
  for (const name in unknown) throw invalid(`The header of the columns has an unknown field '${name}'.`);
  if (kind !== "points") throw invalid(`The columns are of kind ${JSON.stringify(kind)}, where "points" is needed.`);
  if (!Array.isArray(keys) || keys.some((key) => typeof key !== "string")) {
    throw invalid("`keys` in the header of the columns must be a list of texts.");
  }
  if (keys.length > MAX_BATCH_POINTS) throw tooMany(keys.length);
  const [counts, steps, times, values, batches] = columns;
  if (
    !(counts instanceof Uint32Array && steps instanceof Float64Array && times instanceof Float64Array) ||
    !(values instanceof Float64Array && (batches === undefined || batches instanceof Float64Array)) ||
    columns.length > 5
  ) {
    throw invalid("Points are the columns counts (u32), steps, times, values (f64) and, if any, batches (f64).");
  }
  return {
    ...readLog(log),
    points: { keys, counts, steps, times, values, batches: batches ?? null },
    ...(writer === undefined ? {} : { writer: parseMark(writer) }),
  };
}

function readLog(log: unknown): LogInput {
  if (log === undefined) return {};
  if (typeof log !== "object" || log === null || Array.isArray(log))
    throw invalid("`log` in the header must be an object.");
  return parseLogParts(log as Record<string, unknown>);
}
