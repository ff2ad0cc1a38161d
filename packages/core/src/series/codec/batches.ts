import { type Reader, readByte, readBytes, reserve, type Writer, writeByte } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { decodeInts, encodeInts } from "./ints.ts";
import { createScratch, ensure } from "./scratch.ts";

const NONE = 0;
const ALL = 1;
const SOME = 2;

const present = createScratch(256);

/** Appends the optional batch column: none at all, all points, or a bitmap of those that have one; then their numbers. */
export function encodeBatches(w: Writer, batches: Float64Array | null, from: number, n: number): void {
  const count = batches === null ? 0 : collect(batches, from, n);
  writeByte(w, count === 0 ? NONE : count === n ? ALL : SOME);
  if (batches !== null && count > 0 && count < n) writeBitmap(w, batches, from, n);
  encodeInts(w, present.doubles, 0, count);
}

/** @returns null if no point has a batch, else a column with NaN for those that have none */
export function decodeBatches(r: Reader, n: number): Float64Array | null {
  const mode = readByte(r);
  if (mode === NONE) return null;
  const out = new Float64Array(n);
  if (mode === ALL) decodeInts(r, out, 0, n);
  else if (mode === SOME) takeSome(r, out, n);
  else throw corruptRecord(r.kind, `no batch column has the mode ${mode}`);
  return out;
}

function collect(batches: Float64Array, from: number, n: number): number {
  const out = ensure(present, n);
  let count = 0;
  for (let i = from; i < from + n; i++) {
    const b = batches[i] as number;
    if (!Number.isNaN(b)) out[count++] = b;
  }
  return count;
}

function writeBitmap(w: Writer, batches: Float64Array, from: number, n: number): void {
  const length = (n + 7) >>> 3;
  reserve(w, length);
  w.bytes.fill(0, w.at, w.at + length);
  for (let i = 0; i < n; i++) {
    if (!Number.isNaN(batches[from + i]))
      w.bytes[w.at + (i >>> 3)] = (w.bytes[w.at + (i >>> 3)] as number) | (1 << (i & 7));
  }
  w.at += length;
}

function takeSome(r: Reader, out: Float64Array, n: number): void {
  const bitmap = readBytes(r, (n + 7) >>> 3);
  let count = 0;
  for (let i = 0; i < n; i++) count += ((bitmap[i >>> 3] as number) >>> (i & 7)) & 1;
  if (count === 0 || count === n) throw corruptRecord(r.kind, "its bitmap of batches is empty or full");
  const numbers = ensure(present, count);
  decodeInts(r, numbers, 0, count);
  let next = 0;
  for (let i = 0; i < n; i++) {
    out[i] = ((bitmap[i >>> 3] as number) >>> (i & 7)) & 1 ? (numbers[next++] as number) : Number.NaN;
  }
}
