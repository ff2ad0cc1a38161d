import { type Reader, readByte, readBytes, type Writer, writeByte, writeBytes } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { createScratch, ensure } from "./scratch.ts";

/**
 * Words turned on their side: plane k holds byte k of every word. Exponents and high bytes come together, which is what a
 * compressor can use. Planes that look like noise (the low bytes of a measured value) go to the tail of the blob, past the
 * compressor: beside them its one table of symbols would fit neither, and it would only lose time.
 *
 * Layout: mask of the noise planes, then the other planes in order; the noise planes in order in the tail.
 */
const NOISE_FROM = 1024;
const SAMPLE = 256;
/** The sum of squared counts of 256 random bytes is 512 ± 23; up to here a plane holds at least 7.5 bits a byte. */
const NOISE_SQUARES = 612;

const planes = createScratch(2 * 4096);
const counts = new Uint16Array(256);

/** Appends `n` words `words[first + i * stride]`, of which the low `width` bytes (1 … 4) matter. */
export function writePlanes(
  w: Writer,
  tail: Writer,
  words: Int32Array,
  first: number,
  stride: number,
  n: number,
  width: number,
): void {
  ensure(planes, Math.ceil(n / 2));
  const { bytes } = planes;
  split(words, first, stride, n, bytes);
  let mask = 0;
  for (let k = 0; k < width; k++) if (isNoise(bytes, k * n, n)) mask |= 1 << k;
  writeByte(w, mask);
  for (let k = 0; k < width; k++) writeBytes((mask >>> k) & 1 ? tail : w, bytes.subarray(k * n, (k + 1) * n));
}

/** Reads planes of `total` words and puts words [start, start + n) to `words[first + i * stride]`. */
export function readPlanes(
  r: Reader,
  words: Int32Array,
  first: number,
  stride: number,
  total: number,
  start: number,
  n: number,
  width: number,
): void {
  const mask = readByte(r);
  if (mask >>> width !== 0) throw corruptRecord(r.kind, `no column of ${width} planes has the mask ${mask}`);
  const p0 = readPlane(r, mask & 1, total, start, n);
  const p1 = width > 1 ? readPlane(r, mask & 2, total, start, n) : p0;
  const p2 = width > 2 ? readPlane(r, mask & 4, total, start, n) : p0;
  const p3 = width > 3 ? readPlane(r, mask & 8, total, start, n) : p0;
  const keep = width === 4 ? -1 : (1 << (8 * width)) - 1;
  for (let i = 0, at = first; i < n; i++, at += stride) {
    words[at] =
      ((p0[i] as number) | ((p1[i] as number) << 8) | ((p2[i] as number) << 16) | ((p3[i] as number) << 24)) & keep;
  }
}

function readPlane(r: Reader, noise: number, total: number, start: number, n: number): Uint8Array {
  if (noise !== 0 && r.tail === null) throw corruptRecord(r.kind, "it has no tail, but a plane should lie there");
  const plane = readBytes(noise !== 0 && r.tail !== null ? r.tail : r, total);
  return n === total ? plane : plane.subarray(start, start + n);
}

function split(words: Int32Array, first: number, stride: number, n: number, bytes: Uint8Array): void {
  const p2 = 2 * n;
  const p3 = 3 * n;
  for (let i = 0, at = first; i < n; i++, at += stride) {
    const word = words[at] as number;
    bytes[i] = word;
    bytes[n + i] = word >> 8;
    bytes[p2 + i] = word >> 16;
    bytes[p3 + i] = word >> 24;
  }
}

/** Looks at 256 bytes from the middle: their counts, and the counts of their differences, for a ramp has all bytes equally often. */
function isNoise(bytes: Uint8Array, at: number, n: number): boolean {
  if (n < NOISE_FROM) return false;
  const from = at + (n >>> 1);
  counts.fill(0);
  for (let i = from; i < from + SAMPLE; i++) count(bytes[i] as number);
  if (squares() > NOISE_SQUARES) return false;
  counts.fill(0);
  for (let i = from; i < from + SAMPLE; i++) count(((bytes[i] as number) - (bytes[i - 1] as number)) & 255);
  return squares() <= NOISE_SQUARES;
}

function count(byte: number): void {
  counts[byte] = (counts[byte] as number) + 1;
}

function squares(): number {
  let sum = 0;
  for (let i = 0; i < 256; i++) sum += (counts[i] as number) ** 2;
  return sum;
}
