import { finishBlob, openBlob, startBlob } from "./blob.ts";
import {
  createWriter,
  expectEnd,
  type Reader,
  readByte,
  readBytes,
  readFloat,
  readSigned,
  readVarint,
  type Writer,
  writeByte,
  writeBytes,
  writeFloat,
  writeSigned,
  writeVarint,
} from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import type { PointKey } from "./points.ts";
import { emptySummary, type Summary } from "./summarize.ts";

const ASCENDING = 1;
const HAS_EXTREMES = 2;
const HAS_SPECIALS = 4;
const GREATEST_IS_LATEST = 8;
const EMPTY = 16;

const IS_SINGLE = 1;
const IS_WHOLE = 2;
const HAS_BATCH = 4;
const IS_ABSOLUTE = 8;

/** Distances below this are exact, whatever is subtracted from what. */
const EXACT_DISTANCE = 2 ** 51;
const WHOLE_LIMIT = 2 ** 27;

const writer = createWriter(256);
const single = new Float32Array(1);
const singleBytes = new Uint8Array(single.buffer);

/** Some fifty bytes: one row for each series holds it. Keys lie relative to the latest one. */
export function encodeSummary(s: Summary): Uint8Array {
  startBlob(writer, "summary");
  const { latest, greatest, first, min, max } = s;
  if (latest === null || greatest === null || first === null) {
    writeByte(writer, EMPTY);
    return finishBlob(writer);
  }
  const extremes = min !== null && max !== null;
  const special = s.nan + s.posInf + s.negInf > 0;
  const same = isSameKey(greatest, latest);
  writeByte(
    writer,
    (s.ascending ? ASCENDING : 0) |
      (extremes ? HAS_EXTREMES : 0) |
      (special ? HAS_SPECIALS : 0) |
      (same ? GREATEST_IS_LATEST : 0),
  );
  writeVarint(writer, s.count);
  if (special) for (const count of [s.nan, s.posInf, s.negInf]) writeVarint(writer, count);
  writeKey(writer, latest, null);
  if (!same) writeKey(writer, greatest, latest);
  writePlace(writer, first, latest);
  if (extremes) {
    writeKey(writer, min, latest);
    writeKey(writer, max, latest);
    writeFloat(writer, s.sum);
  }
  return finishBlob(writer);
}

/** @throws internal, naming the record "summary", if the bytes are not what `encodeSummary` made */
export function decodeSummary(bytes: Uint8Array): Summary {
  const r = openBlob(bytes, "summary");
  const flags = readByte(r);
  const summary = flags === EMPTY ? emptySummary() : readSummary(r, flags);
  expectEnd(r);
  return summary;
}

function readSummary(r: Reader, flags: number): Summary {
  const count = readVarint(r);
  const special = (flags & HAS_SPECIALS) !== 0;
  const nan = special ? readVarint(r) : 0;
  const posInf = special ? readVarint(r) : 0;
  const negInf = special ? readVarint(r) : 0;
  const latest = readKey(r, null);
  const greatest = flags & GREATEST_IS_LATEST ? latest : readKey(r, latest);
  const first = readPlace(r, latest);
  const extremes = (flags & HAS_EXTREMES) !== 0;
  const min = extremes ? readKey(r, latest) : null;
  const max = extremes ? readKey(r, latest) : null;
  const sum = extremes ? readFloat(r) : 0;
  return { count, latest, min, max, sum, nan, posInf, negInf, greatest, first, ascending: (flags & ASCENDING) !== 0 };
}

interface Place {
  readonly time: number;
  readonly step: number;
}

/** Flags, time, step, value, batch; time and step as distances from `near` where those are exact. */
function writeKey(w: Writer, key: PointKey, near: PointKey | null): void {
  const { value } = key;
  const whole = Number.isInteger(value) && Math.abs(value) < WHOLE_LIMIT;
  const short = !whole && (Number.isNaN(value) || Math.fround(value) === value);
  const close = near !== null && isClose(key, near);
  writeByte(
    w,
    (whole ? IS_WHOLE : 0) | (short ? IS_SINGLE : 0) | (key.batch === null ? 0 : HAS_BATCH) | (close ? 0 : IS_ABSOLUTE),
  );
  writeSigned(w, close ? key.time - near.time : key.time);
  writeSigned(w, close ? key.step - near.step : key.step);
  if (whole) writeSigned(w, value);
  else if (short) writeSingle(w, value);
  else writeFloat(w, value);
  if (key.batch !== null) writeSigned(w, key.batch);
}

function readKey(r: Reader, near: PointKey | null): PointKey {
  const flags = readByte(r);
  const base = flags & IS_ABSOLUTE ? null : near;
  const time = checked(r, readSigned(r) + (base?.time ?? 0));
  const step = checked(r, readSigned(r) + (base?.step ?? 0));
  const value = flags & IS_WHOLE ? readSigned(r) : flags & IS_SINGLE ? readSingle(r) : readFloat(r);
  return { time, step, value, batch: flags & HAS_BATCH ? readSigned(r) : null };
}

function writePlace(w: Writer, place: Place, near: Place): void {
  const close = isClose(place, near);
  writeByte(w, close ? 0 : IS_ABSOLUTE);
  writeSigned(w, close ? place.time - near.time : place.time);
  writeSigned(w, close ? place.step - near.step : place.step);
}

function readPlace(r: Reader, near: Place): Place {
  const absolute = readByte(r) & IS_ABSOLUTE;
  const time = checked(r, readSigned(r) + (absolute ? 0 : near.time));
  const step = checked(r, readSigned(r) + (absolute ? 0 : near.step));
  return { time, step };
}

function isClose(a: Place, b: Place): boolean {
  return Math.abs(a.time - b.time) < EXACT_DISTANCE && Math.abs(a.step - b.step) < EXACT_DISTANCE;
}

function isSameKey(a: PointKey, b: PointKey): boolean {
  return a.time === b.time && a.step === b.step && Object.is(a.value, b.value) && a.batch === b.batch;
}

function checked(r: Reader, x: number): number {
  if (!Number.isSafeInteger(x)) throw corruptRecord(r.kind, "a time or step is beyond 2^53-1");
  return x;
}

function writeSingle(w: Writer, value: number): void {
  single[0] = value;
  if (Number.isNaN(value)) singleBytes.set([0, 0, 0xc0, 0x7f]);
  writeBytes(w, singleBytes);
}

function readSingle(r: Reader): number {
  singleBytes.set(readBytes(r, 4));
  return single[0] as number;
}
