import { type Reader, readByte, type Writer, writeByte } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { decodeInts, encodeInts } from "./ints.ts";
import { createScratch, ensure } from "./scratch.ts";

const ABSOLUTE = 0;
const RELATIVE = 1;

const spans = createScratch(256);

/** Two columns low ≤ high of whole numbers: the lows, then the highs as distances from the lows where those are exact. */
export function encodeRanges(
  w: Writer,
  lows: Float64Array,
  highs: Float64Array,
  n: number,
  tail: Writer | null = null,
): void {
  encodeInts(w, lows, 0, n, 0, tail);
  const distances = ensure(spans, n);
  let exact = true;
  for (let i = 0; i < n; i++) {
    const distance = (highs[i] as number) - (lows[i] as number);
    if (!(distance <= Number.MAX_SAFE_INTEGER)) exact = false;
    distances[i] = distance;
  }
  writeByte(w, exact ? RELATIVE : ABSOLUTE);
  encodeInts(w, exact ? distances : highs, 0, n, 0, tail);
}

export function decodeRanges(r: Reader, lows: Float64Array, highs: Float64Array, n: number): void {
  decodeInts(r, lows, 0, n);
  const mode = readByte(r);
  if (mode > RELATIVE) throw corruptRecord(r.kind, `no range has the mode ${mode}`);
  decodeInts(r, highs, 0, n);
  for (let i = 0; i < n; i++) {
    const high = (highs[i] as number) + (mode === RELATIVE ? (lows[i] as number) : 0);
    if (!(high >= (lows[i] as number) && high <= Number.MAX_SAFE_INTEGER)) {
      throw corruptRecord(r.kind, "a range ends before it begins or beyond 2^53-1");
    }
    highs[i] = high;
  }
}
