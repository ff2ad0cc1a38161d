import { finishBlob, openBlob, startBlob } from "./blob.ts";
import {
  createWriter,
  expectEnd,
  type Reader,
  readByte,
  readCount,
  type Writer,
  writeByte,
  writeVarint,
} from "./bytes.ts";
import type { RecordKind } from "./corrupt.ts";
import { allocateEntries, type Entry, type EntryColumns, entriesOf } from "./entry-build.ts";
import { decodeInts, encodeInts } from "./ints.ts";
import { decodeRanges, encodeRanges } from "./spans.ts";
import { decodeValues, encodeValues } from "./values.ts";

/** The most entries of one blob; a segment has 256. */
export const MAX_ENTRIES = 65_536;

const WITH_SPECIALS = 1;

const writer = createWriter(16_384);

/**
 * Entries of one level as a blob, uncompressed so that a wide chart reads them at the speed of memory.
 *
 * @throws invalid if an entry's step or time is not a whole number within ±(2^53-1)
 */
export function encodeEntries(entries: readonly Entry[] | EntryColumns): Uint8Array {
  startBlob(writer, "entries");
  writeEntries(writer, columnsOf(entries));
  return finishBlob(writer);
}

/** @throws internal, naming the record "entries", if the bytes are not what `encodeEntries` made */
export function decodeEntries(bytes: Uint8Array): EntryColumns {
  const r = openBlob(bytes, "entries" satisfies RecordKind);
  const entries = readEntries(r);
  expectEnd(r);
  return entries;
}

export function columnsOf(entries: readonly Entry[] | EntryColumns): EntryColumns {
  return "count" in entries ? entries : entriesOf(entries);
}

export function writeEntries(w: Writer, c: EntryColumns): void {
  const n = c.length;
  writeVarint(w, n);
  const special = hasSpecials(c);
  writeByte(w, special ? WITH_SPECIALS : 0);
  encodeInts(w, c.count, 0, n);
  encodeRanges(w, c.minStep, c.maxStep, n);
  encodeRanges(w, c.minTime, c.maxTime, n);
  encodeValues(w, c.min, 0, n, null);
  encodeValues(w, c.max, 0, n, null);
  encodeValues(w, c.sum, 0, n, null);
  if (!special) return;
  encodeInts(w, c.nan, 0, n);
  encodeInts(w, c.posInf, 0, n);
  encodeInts(w, c.negInf, 0, n);
}

export function readEntries(r: Reader): EntryColumns {
  const n = readCount(r, MAX_ENTRIES, "the number of entries");
  const special = readByte(r) & WITH_SPECIALS;
  const c = allocateEntries(n);
  decodeInts(r, c.count, 0, n);
  decodeRanges(r, c.minStep, c.maxStep, n);
  decodeRanges(r, c.minTime, c.maxTime, n);
  decodeValues(r, c.min, 0, n);
  decodeValues(r, c.max, 0, n);
  decodeValues(r, c.sum, 0, n);
  if (special === 0) return c;
  decodeInts(r, c.nan, 0, n);
  decodeInts(r, c.posInf, 0, n);
  decodeInts(r, c.negInf, 0, n);
  return c;
}

function hasSpecials(c: EntryColumns): boolean {
  for (let i = 0; i < c.length; i++) if (c.nan[i] !== 0 || c.posInf[i] !== 0 || c.negInf[i] !== 0) return true;
  return false;
}
