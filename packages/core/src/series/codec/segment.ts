import { invalid } from "../../errors.ts";
import { finishBlob, openBlob, startBlob } from "./blob.ts";
import { createWriter, expectEnd, readBytes, readCount, writeBytes, writeVarint } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { COARSE, decodeEntries, type Entry, type EntryColumns, encodeEntries, groupEntries, MIDDLE } from "./entry.ts";
import { columnsOf } from "./entry-codec.ts";

/** Middle entries of a full segment: those of 64 chunks. */
export const SEGMENT_ENTRIES = 256;
const GROUP = COARSE / MIDDLE;

const writer = createWriter(16_384);

/** The packed pyramid of consecutive chunks of one series and attempt. */
export interface Segment {
  readonly middle: EntryColumns;
  readonly coarse: EntryColumns;
}

/**
 * The middle entries (1024 points each) of up to 64 chunks, and the coarse ones (16 384) made from them, in one blob.
 * The coarse ones come first and carry their own checksum, so that a wide chart need not touch the rest.
 *
 * @throws invalid unless there are 16, 32 … 256 entries
 */
export function encodeSegment(middle: readonly Entry[] | EntryColumns): Uint8Array {
  const columns = columnsOf(middle);
  if (columns.length === 0 || columns.length > SEGMENT_ENTRIES || columns.length % GROUP !== 0) {
    throw invalid(`A segment has 16, 32 … ${SEGMENT_ENTRIES} entries, not ${columns.length}.`);
  }
  const coarse = encodeEntries(groupEntries(columns, GROUP));
  startBlob(writer, "segment");
  writeVarint(writer, coarse.length);
  writeBytes(writer, coarse);
  writeBytes(writer, encodeEntries(columns));
  return finishBlob(writer);
}

/** @throws internal, naming the record "segment" or "entries", if the bytes are not what `encodeSegment` made */
export function decodeSegment(bytes: Uint8Array): Segment {
  const r = openBlob(bytes, "segment");
  const coarse = decodeEntries(readBytes(r, readCount(r, r.bytes.length, "the size of the coarse entries")));
  const middle = decodeEntries(readBytes(r, r.bytes.length - r.at));
  expectEnd(r);
  if (middle.length > SEGMENT_ENTRIES || coarse.length * GROUP !== middle.length) {
    throw corruptRecord("segment", `it has ${middle.length} middle and ${coarse.length} coarse entries`);
  }
  return { middle, coarse };
}
