import {
  MAX_INTEGER,
  putSigned,
  putVarint,
  type Reader,
  readByte,
  readBytes,
  readCount,
  readSigned,
  readVarint,
  type Writer,
} from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { gaps, isWhole, OFFSET, OFFSET_PLANES } from "./int-modes.ts";
import { readPlanes, writePlanes } from "./planes.ts";
import { createScratch, ensure } from "./scratch.ts";

// The bodies of the modes, without the mode byte and the first number. `put…` writes where `reserve` has made room.

const scratch = createScratch();

export function putRuns(w: Writer, column: Float64Array, from: number, n: number): void {
  const end = from + n;
  let i = from + 1;
  if (gaps.oneRun && n > 1) {
    const gap = (column[i] as number) - (column[from] as number);
    w.at = putVarint(w.bytes, putSigned(w.bytes, w.at, gap), n - 1);
    return;
  }
  while (i < end) {
    const gap = (column[i] as number) - (column[i - 1] as number);
    const start = i;
    i += 1;
    while (i < end && (column[i] as number) - (column[i - 1] as number) === gap) i += 1;
    w.at = putVarint(w.bytes, putSigned(w.bytes, w.at, gap), i - start);
  }
}

export function takeRuns(r: Reader, out: Float64Array, from: number, n: number): void {
  const end = from + n;
  let i = from + 1;
  let x = out[from] as number;
  while (i < end) {
    const gap = readSigned(r);
    const length = readCount(r, end - i, "a run");
    if (length === 0) throw corruptRecord(r.kind, "a run is empty");
    // Both ends of the run are in range, so all between are.
    checked(r, x + gap * length);
    for (const stop = i + length; i < stop; i++) {
      x += gap;
      out[i] = x;
    }
  }
}

export function putOffsets(w: Writer, column: Float64Array, from: number, n: number): void {
  const end = from + n;
  const bytes = w.bytes;
  const least = gaps.least;
  let at = putSigned(bytes, w.at, least);
  let before = column[from] as number;
  for (let i = from + 1; i < end; i++) {
    const x = column[i] as number;
    const u = x - before - least;
    before = x;
    if (u < 128) bytes[at++] = u;
    else at = putVarint(bytes, at, u);
  }
  w.at = at;
}

/** Differences are put together before the number is stepped on: each sum on its own is exact, as it was when encoding. */
export function takeOffsets(r: Reader, out: Float64Array, from: number, n: number): void {
  const { bytes } = r;
  const least = readSigned(r);
  let x = out[from] as number;
  for (let i = from + 1; i < from + n; i++) {
    let u = bytes[r.at] as number;
    if (u < 128) r.at += 1;
    else u = readVarint(r);
    x = checked(r, x + (least + u));
    out[i] = x;
  }
}

export function putDeltas(w: Writer, column: Float64Array, from: number, n: number): void {
  const bytes = w.bytes;
  let at = w.at;
  let before = column[from] as number;
  for (let i = from + 1; i < from + n; i++) {
    const x = column[i] as number;
    const gap = x - before;
    before = x;
    if (gap < 64 && gap >= -64) bytes[at++] = (gap << 1) ^ (gap >> 31);
    else at = putSigned(bytes, at, gap);
  }
  w.at = at;
}

export function takeDeltas(r: Reader, out: Float64Array, from: number, n: number): void {
  let x = out[from] as number;
  for (let i = from + 1; i < from + n; i++) {
    x = checked(r, x + readShortSigned(r));
    out[i] = x;
  }
}

export function putSeconds(w: Writer, column: Float64Array, from: number, n: number): void {
  let at = w.at;
  let gapBefore = 0;
  for (let i = from + 1; i < from + n; i++) {
    const gap = (column[i] as number) - (column[i - 1] as number);
    at = putSigned(w.bytes, at, gap - gapBefore);
    gapBefore = gap;
  }
  w.at = at;
}

export function takeSeconds(r: Reader, out: Float64Array, from: number, n: number): void {
  let x = out[from] as number;
  let gap = 0;
  for (let i = from + 1; i < from + n; i++) {
    gap += readShortSigned(r);
    x = checked(r, x + gap);
    out[i] = x;
  }
}

/** `readSigned` with the common single byte in front. */
function readShortSigned(r: Reader): number {
  const u = r.bytes[r.at] as number;
  if (!(u < 128)) return readSigned(r);
  r.at += 1;
  return (u >>> 1) ^ -(u & 1);
}

export function writeGaps(
  w: Writer,
  tail: Writer,
  column: Float64Array,
  from: number,
  n: number,
  mode: number,
  width: number,
): void {
  ensure(scratch, n);
  const { words } = scratch;
  let before = column[from] as number;
  for (let i = 1; i < n; i++) {
    const x = column[from + i] as number;
    const gap = x - before;
    before = x;
    words[i - 1] = mode === OFFSET ? gap - gaps.least : (gap << 1) ^ (gap >> 31);
  }
  if (mode === OFFSET) w.at = putSigned(w.bytes, w.at, gaps.least);
  w.bytes[w.at++] = width;
  writePlanes(w, tail, words, 0, 1, n - 1, width);
}

export function readGaps(r: Reader, mode: number, out: Float64Array, from: number, n: number): void {
  const least = mode === OFFSET_PLANES ? readSigned(r) : 0;
  const width = readByte(r);
  if (width < 1 || width > 4) throw corruptRecord(r.kind, `no number has ${width} bytes`);
  ensure(scratch, n);
  const { words } = scratch;
  readPlanes(r, words, 0, 1, n - 1, 0, n - 1, width);
  let x = out[from] as number;
  for (let i = 1; i < n; i++) {
    const u = words[i - 1] as number;
    const gap = mode === OFFSET_PLANES ? least + (u >>> 0) : (u >>> 1) ^ -(u & 1);
    x = checked(r, x + gap);
    out[from + i] = x;
  }
}

export function putRaw(w: Writer, column: Float64Array, from: number, n: number): void {
  const view = new DataView(w.bytes.buffer, w.bytes.byteOffset, w.bytes.byteLength);
  for (let i = 0; i < n; i++) view.setFloat64(w.at + 8 * i, (column[from + i] as number) + 0, true);
  w.at += 8 * n;
}

export function takeRaw(r: Reader, out: Float64Array, from: number, n: number): void {
  const bytes = readBytes(r, 8 * n);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < n; i++) {
    const x = view.getFloat64(8 * i, true);
    if (!isWhole(x)) throw corruptRecord(r.kind, "a number is not whole");
    out[from + i] = x;
  }
}

export function checked(r: Reader, x: number): number {
  if (x > MAX_INTEGER || x < -MAX_INTEGER) throw corruptRecord(r.kind, "a number is beyond 2^53-1");
  return x;
}
