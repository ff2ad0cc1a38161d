import { invalid } from "../../errors.ts";
import { decodeBatches, encodeBatches } from "./batches.ts";
import { finishBlob, openBlob, startBlob } from "./blob.ts";
import { createWriter, expectEnd, readCount, writeVarint } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { decodeInts, decodeWords, encodeRepeatingInts, encodeWords } from "./ints.ts";
import { type FlatPoints, pointCount } from "./points.ts";
import { decodeValues, encodePlainValues } from "./values.ts";

const writer = createWriter(16_384);

/**
 * One run's points of one commit, uncompressed: it is on the path of every acknowledged write and lives until the next seal.
 * Values become canonical (-0 → 0, one NaN), all-NaN batches become null; everything else comes back as it was, order included.
 *
 * @throws invalid if a step, time or batch is not a whole number within ±(2^53-1), or the counts do not add up
 */
export function encodeJournalRecord(flat: FlatPoints): Uint8Array {
  const parts = flat.series.length;
  const points = pointCount(flat);
  const period = checkCounts(flat.counts, points);
  startBlob(writer, "journal");
  writeVarint(writer, parts);
  writeVarint(writer, points);
  encodeWords(writer, flat.series);
  encodeWords(writer, flat.attempts);
  encodeWords(writer, flat.counts);
  encodeRepeatingInts(writer, flat.steps, 0, points, period);
  encodeRepeatingInts(writer, flat.times, 0, points, period);
  encodeBatches(writer, flat.batches, 0, points);
  encodePlainValues(writer, flat.values, 0, points);
  return finishBlob(writer);
}

/**
 * The columns share one buffer.
 *
 * @throws internal, naming the record "journal", if the bytes are not what `encodeJournalRecord` made
 */
export function decodeJournalRecord(bytes: Uint8Array): FlatPoints {
  const r = openBlob(bytes, "journal");
  // A point has at least four bytes of value and a part at least one point, so the record's own length bounds both.
  const parts = readCount(r, r.bytes.length, "the number of series");
  const points = readCount(r, r.bytes.length, "the number of points");
  const room = new ArrayBuffer(points * 24 + parts * 12);
  const series = decodeWords(r, new Uint32Array(room, points * 24, parts));
  const attempts = decodeWords(r, new Uint32Array(room, points * 24 + parts * 4, parts));
  const counts = decodeWords(r, new Uint32Array(room, points * 24 + parts * 8, parts));
  let sum = 0;
  for (let i = 0; i < parts; i++) sum += counts[i] as number;
  if (sum !== points) throw corruptRecord("journal", `its counts add up to ${sum}, not ${points}`);
  const steps = new Float64Array(room, 0, points);
  const times = new Float64Array(room, points * 8, points);
  const values = new Float64Array(room, points * 16, points);
  decodeInts(r, steps, 0, points);
  decodeInts(r, times, 0, points);
  const batches = decodeBatches(r, points);
  decodeValues(r, values, 0, points);
  expectEnd(r);
  return { series, attempts, counts, steps, times, values, batches };
}

/**
 * Empty parts are refused, so that a record has at least as many bytes as parts and the decoder need trust no larger number.
 *
 * @returns the count if all are equal, else 0
 */
function checkCounts(counts: Uint32Array, points: number): number {
  const first = counts[0] ?? 0;
  let sum = 0;
  let least = first;
  let same = true;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    sum += count;
    if (count !== first) same = false;
    if (count < least) least = count;
  }
  if (counts.length > 0 && least === 0) throw invalid("A part of a journal record has no points. Leave it out.");
  if (sum !== points) throw invalid(`The counts of a journal record add up to ${sum}, but it has ${points} points.`);
  return same ? first : 0;
}
