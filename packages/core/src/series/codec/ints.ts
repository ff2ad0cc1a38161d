import { putSigned, putVarint, type Reader, readByte, readCount, readSigned, reserve, type Writer } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import {
  checked,
  putDeltas,
  putOffsets,
  putRaw,
  putRuns,
  putSeconds,
  readGaps,
  takeDeltas,
  takeOffsets,
  takeRaw,
  takeRuns,
  takeSeconds,
  writeGaps,
} from "./int-bodies.ts";
import {
  chooseMode,
  DELTA,
  DELTA_PLANES,
  OFFSET,
  OFFSET_PLANES,
  planeWidth,
  RAW,
  REPEAT,
  RUNS,
  SECOND,
} from "./int-modes.ts";
import { createScratch, ensure } from "./scratch.ts";

const MAX_NUMBER_BYTES = 9;
/** Shorter columns gain nothing from planes. */
const PLANES_FROM = 64;
const MAX_WORD = 0xffffffff;

const words = createScratch();

/**
 * Appends `n` numbers of `column` from `from` on. The first is stored relative to `base`, which the decoder must be given too.
 * With a `tail` the column is shaped for compression.
 *
 * @throws invalid if one is not a whole number within ±(2^53-1)
 */
export function encodeInts(
  w: Writer,
  column: Float64Array,
  from: number,
  n: number,
  base = 0,
  tail: Writer | null = null,
): void {
  if (n === 0) return;
  reserve(w, (n + 2) * MAX_NUMBER_BYTES + 2);
  const mode = chooseMode(column, from, n, base);
  const width = tail === null || n < PLANES_FROM ? 0 : planeWidth(mode);
  w.bytes[w.at++] = width === 0 ? mode : mode === OFFSET ? OFFSET_PLANES : DELTA_PLANES;
  if (mode !== RAW) w.at = putSigned(w.bytes, w.at, (column[from] as number) - base);
  if (mode === RAW) putRaw(w, column, from, n);
  else if (width > 0 && tail !== null) writeGaps(w, tail, column, from, n, mode, width);
  else if (mode === RUNS) putRuns(w, column, from, n);
  else if (mode === OFFSET) putOffsets(w, column, from, n);
  else if (mode === DELTA) putDeltas(w, column, from, n);
  else putSeconds(w, column, from, n);
}

/** As `encodeInts`, but a column that repeats itself every `period` numbers costs one period. */
export function encodeRepeatingInts(w: Writer, column: Float64Array, from: number, n: number, period: number): void {
  if (period > 0 && period < n && repeats(column, from, n, period)) {
    reserve(w, 1 + MAX_NUMBER_BYTES);
    w.bytes[w.at++] = REPEAT;
    w.at = putVarint(w.bytes, w.at, period);
    encodeInts(w, column, from, period);
  } else {
    encodeInts(w, column, from, n);
  }
}

/** Fills `out[from, from + n)`. The caller has checked that `n` is no more than it wants to hold. */
export function decodeInts(r: Reader, out: Float64Array, from: number, n: number, base = 0): void {
  if (n === 0) return;
  const mode = readByte(r);
  if (mode === REPEAT) {
    const period = readCount(r, n - 1, "a period");
    if (period === 0 || r.bytes[r.at] === REPEAT) throw corruptRecord(r.kind, "a column repeats nothing");
    decodeInts(r, out, from, period, base);
    for (let i = period; i < n; i++) out[from + i] = out[from + i - period] as number;
  } else if (mode === RAW) {
    takeRaw(r, out, from, n);
  } else {
    out[from] = checked(r, base + readSigned(r));
    if (mode === RUNS) takeRuns(r, out, from, n);
    else if (mode === OFFSET) takeOffsets(r, out, from, n);
    else if (mode === DELTA) takeDeltas(r, out, from, n);
    else if (mode === SECOND) takeSeconds(r, out, from, n);
    else if (mode === OFFSET_PLANES || mode === DELTA_PLANES) readGaps(r, mode, out, from, n);
    else throw corruptRecord(r.kind, `no column has the mode ${mode}`);
  }
}

/** Appends a column of unsigned 32-bit numbers. */
export function encodeWords(w: Writer, column: Uint32Array): void {
  const n = column.length;
  const numbers = ensure(words, n);
  for (let i = 0; i < n; i++) numbers[i] = column[i] as number;
  encodeInts(w, numbers, 0, n);
}

/** Fills `out`, each number at most `limit`. */
export function decodeWords(r: Reader, out: Uint32Array, limit: number = MAX_WORD): Uint32Array {
  const n = out.length;
  const numbers = ensure(words, n);
  decodeInts(r, numbers, 0, n);
  for (let i = 0; i < n; i++) {
    const x = numbers[i] as number;
    if (x < 0 || x > limit) throw corruptRecord(r.kind, `an id, count or length is ${x}, not 0 to ${limit}`);
    out[i] = x;
  }
  return out;
}

function repeats(column: Float64Array, from: number, n: number, period: number): boolean {
  for (let i = from + period; i < from + n; i++) if (column[i] !== column[i - period]) return false;
  return true;
}
