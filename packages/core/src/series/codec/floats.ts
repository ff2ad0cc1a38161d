import { type Reader, readBytes, reserve, setCanonicalNaN, type Writer } from "./bytes.ts";
import { readPlanes, writePlanes } from "./planes.ts";
import { createScratch, ensure, type Scratch } from "./scratch.ts";

/** Bytes of a value in a float column. */
export type FloatWidth = 4 | 8;

const CANONICAL_SINGLE_NAN = 0x7fc00000;

/** What `canonicalize` made last: singles if it returned 4, doubles if it returned 8. */
export const canonicalSingles: Scratch = createScratch();
export const canonicalDoubles: Scratch = createScratch();
const target = createScratch();

/**
 * Copies values to the scratch column of their width, each in its one form: -0 as 0, every NaN as the quiet NaN without payload.
 *
 * @returns the width that keeps them bit for bit: 4 if each is a float32
 */
export function canonicalize(values: Float64Array, from: number, n: number): FloatWidth {
  if (putSingles(values, from, n)) return 4;
  const doubles = ensure(canonicalDoubles, n);
  for (let i = 0; i < n; i++) {
    const v = (values[from + i] as number) + 0;
    doubles[i] = v;
    if (Number.isNaN(v)) setCanonicalNaN(canonicalDoubles.words, i);
  }
  return 8;
}

/** False at the first value that is no float32, as a rule the very first. */
function putSingles(values: Float64Array, from: number, n: number): boolean {
  ensure(canonicalSingles, n);
  const { singles, words } = canonicalSingles;
  for (let i = 0; i < n; i++) {
    const v = (values[from + i] as number) + 0;
    const single = Math.fround(v);
    singles[i] = single;
    if (single === v) continue;
    if (!Number.isNaN(v)) return false;
    words[i] = CANONICAL_SINGLE_NAN;
  }
  return true;
}

/** Appends the `n` values that were made canonical last, one after another. */
export function writePlain(w: Writer, n: number, width: FloatWidth): void {
  const length = n * width;
  reserve(w, length);
  w.bytes.set((width === 4 ? canonicalSingles : canonicalDoubles).bytes.subarray(0, length), w.at);
  w.at += length;
}

export function readPlain(r: Reader, width: FloatWidth, out: Float64Array, from: number, n: number): void {
  const bytes = readBytes(r, n * width);
  if (width === 8) {
    new Uint8Array(out.buffer, out.byteOffset + from * 8, n * 8).set(bytes);
    return;
  }
  ensure(target, n);
  target.bytes.set(bytes);
  const { singles } = target;
  for (let i = 0; i < n; i++) out[from + i] = singles[i] as number;
}

/** Appends `n` canonical values, given as the words of their floats or doubles, as planes. */
export function writeShuffled(w: Writer, tail: Writer, words: Int32Array, n: number, width: FloatWidth): void {
  const stride = width / 4;
  for (let part = 0; part < stride; part++) writePlanes(w, tail, words, part, stride, n, 4);
}

/** Values [start, start + n) of a shuffled column of `total`, into `out` from `from` on; the reader passes the whole column. */
export function readShuffled(
  r: Reader,
  width: FloatWidth,
  total: number,
  start: number,
  out: Float64Array,
  from: number,
  n: number,
): void {
  if (width === 4) {
    ensure(target, n);
    readPlanes(r, target.words, 0, 1, total, start, n, 4);
    const { singles } = target;
    for (let i = 0; i < n; i++) out[from + i] = singles[i] as number;
  } else {
    const words = new Int32Array(out.buffer, out.byteOffset + from * 8, n * 2);
    readPlanes(r, words, 0, 2, total, start, n, 4);
    readPlanes(r, words, 1, 2, total, start, n, 4);
  }
}
