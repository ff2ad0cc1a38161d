import type { ReadTx } from "../../store/tx.ts";
import { isCorruptRecord } from "../codec/corrupt.ts";
import { decodeJournalRecord } from "../codec/journal-record.ts";
import type { PointKey } from "../codec/points.ts";
import { decodeSummary, type Summary } from "../codec/summary.ts";
import type { HeadRow, JournalRow, SeriesRow, WriterRow } from "../rows.ts";
import type { BundleInfo } from "./bundle-info.ts";
import type { ColumnPool } from "./column-pool.ts";
import { type OnDamage, readRecord } from "./damage.ts";
import { appendFlat, createFlatLog, type FlatLog, flatSlice, logBytes, releaseLog } from "./flat-log.ts";
import { compareToKey, KEY_WIDTH, resetKey, setKey, setKeyTo } from "./greatest.ts";
import type { EngineLimits } from "./limits.ts";
import { listJournal } from "./list-journal.ts";
import type { PartOrder } from "./part-order.ts";
import type { PointIndex } from "./point-index.ts";

/** A series of a run whose tail is in memory. */
export interface SeriesSlot {
  readonly id: number;
  /** Null once the series is cleared: its points count no more. */
  row: SeriesRow | null;
  /** The row's summary, decoded when first asked for. */
  summary: Summary | null;
  /** Its summary cannot be read, so nothing can be added to it. */
  damaged: boolean;
  /** Points that bundles hold of it; known while the tail's `bundles` are. */
  bundled: number;
}

/** A journal record whose points the log holds. */
export interface TailRecord {
  readonly id: number;
  readonly seq: number;
  readonly points: number;
  readonly parts: number;
  readonly bytes: number;
}

/** The records that a seal takes: the first ones of the journal. */
export interface Prefix {
  readonly records: TailRecord[];
  seq: number;
  points: number;
  parts: number;
  bytes: number;
}

/**
 * A prefix of the journal on its way into chunks and bundles, over as many calls as it needs. Until `order` is there it is read
 * back; then it goes series by series, and those before `next` are done. What is appended meanwhile lies behind the prefix.
 */
export interface StartedSeal {
  readonly prefix: Prefix;
  /** Begins with the prefix. The tail's own, or what is read back; the tail may come to another one meanwhile. */
  readonly log: FlatLog;
  /** What is to be read back; null if nothing is. */
  unread: ReturnType<typeof listJournal> | null;
  order: PartOrder | null;
  next: number;
}

/**
 * What the writer remembers of one run. Everything can be had again from the rows, so a tail may be forgotten whenever nothing
 * is staged in it. The log holds the points of `records` and behind them, from `flushedPoints` on, what is staged.
 */
export interface RunTail {
  readonly run: number;
  head: HeadRow;
  headChanged: boolean;
  /** True if every series of the run has a slot, so that an unknown key is a new one. */
  complete: boolean;
  slots: SeriesSlot[];
  /** Series ids by slot. */
  ids: Uint32Array;
  readonly byKey: Map<string, number>;
  readonly byId: Map<number, number>;
  greatest: Float64Array;
  /** Points of each slot in journal and stage. */
  unsealed: Uint32Array;
  log: FlatLog;
  records: TailRecord[];
  flushedPoints: number;
  flushedParts: number;
  index: PointIndex | null;
  readonly writers: Map<string, WriterRow>;
  bundles: BundleInfo[] | null;
  /** A seal under way over several calls. */
  seal: StartedSeal | null;
  /** Slots with chunks that may lie too deep over each other. */
  readonly crowded: Set<number>;
  /** Keys of an earlier batch and their slots: a training logs the same ones in the same order again and again. */
  usualKeys: readonly string[];
  usualSlots: Uint32Array;
  /** The current request's stage: what to go back to. */
  request: number;
  requestPoints: number;
  requestParts: number;
  requestSlots: number;
  keysBefore: Float64Array;
  undo: (() => void)[];
  /** The group commit that touched it last. */
  group: number;
  /** Bytes that the engine's total counts for it. */
  counted: number;
  full: boolean;
  ended: boolean;
  /** False from the call that says so until its commit. */
  endNoted: boolean;
  removed: boolean;
}

const noHead = { seq: 0, sealed: 0, sealing: 0, layout: 0, attempt: 0, points: 0, bytes: 0, bundles: 0, last: 0 };

/** Where a tail is read from. A damaged journal record is reported and left where it lies. */
export interface TailSource {
  readonly tx: ReadTx;
  readonly onDamage: OnDamage;
  readonly limits: Pick<EngineLimits, "tailBytes">;
  readonly columns: ColumnPool;
}

export function loadTail(source: TailSource, run: number): RunTail {
  const { tx } = source;
  const stored = tx.get("heads", run);
  const head = stored ?? { ...noHead, run };
  const tail: RunTail = {
    run,
    head,
    headChanged: false,
    complete: stored === undefined,
    slots: [],
    ids: new Uint32Array(16),
    byKey: new Map(),
    byId: new Map(),
    greatest: new Float64Array(16 * KEY_WIDTH),
    unsealed: new Uint32Array(16),
    log: createFlatLog(source.columns),
    records: [],
    flushedPoints: 0,
    flushedParts: 0,
    index: null,
    writers: new Map(),
    bundles: null,
    seal: null,
    crowded: new Set(),
    usualKeys: [],
    usualSlots: new Uint32Array(0),
    request: 0,
    requestPoints: 0,
    requestParts: 0,
    requestSlots: 0,
    keysBefore: new Float64Array(16 * KEY_WIDTH),
    undo: [],
    group: 0,
    counted: 0,
    full: false,
    ended: false,
    endNoted: false,
    removed: false,
  };
  if (isLoaded(tail)) return tail;
  if (head.points * POINT_BYTES <= source.limits.tailBytes / LARGE_PART) {
    loadLog(source, tail);
    countLog(tail, tail.log, tail.records);
  } else countJournal(source, tail);
  return tail;
}

const POINT_BYTES = 24;
/** A backlog of more than this part of the memory for tails is looked through, but not kept. */
const LARGE_PART = 8;

/** True if the log holds every unsealed point. */
export function isLoaded(tail: RunTail): boolean {
  return tail.head.sealed === tail.head.seq || tail.records[0]?.seq === tail.head.sealed + 1;
}

/** Reads the journal back into the log, in front of what is staged. */
export function loadLog(source: TailSource, tail: RunTail): void {
  const { tx } = source;
  const { log: old, flushedPoints: points, flushedParts: parts } = tail;
  const log = createFlatLog(source.columns);
  tail.records = [];
  for (const row of listJournal(tx, tail.head, tail.head.sealed)) tail.records.push(readInto(source, tail, log, row));
  tail.flushedPoints = log.points;
  tail.flushedParts = log.parts;
  tail.requestPoints += log.points - points;
  tail.requestParts += log.parts - parts;
  appendFlat(log, flatSlice(old, tail.ids, parts, old.parts, points, old.points), (id) => slotOfId(tx, tail, id));
  tail.log = log;
  tail.index = null;
}

type Stored = Pick<JournalRow, "id" | "seq" | "data">;

/** Appends a record's points to a log. */
export function readInto(
  { tx, onDamage }: TailSource,
  tail: RunTail,
  log: FlatLog,
  { id, seq, data }: Stored,
): TailRecord {
  const place = () => `journal record ${seq}`;
  const read = () => decodeJournalRecord(data);
  const flat = readRecord(onDamage, tail.run, place, read, () => null);
  if (flat !== null) appendFlat(log, flat, (series) => slotOfId(tx, tail, series));
  return { id, seq, points: flat?.values.length ?? 0, parts: flat?.series.length ?? 0, bytes: data.length };
}

/** Lets go of the points; the keys stay, so that new points still find their place. Nothing may be staged. */
export function shedLog(tail: RunTail): void {
  if (tail.seal?.log !== tail.log) releaseLog(tail.log);
  tail.log = createFlatLog(tail.log.pool);
  tail.records = [];
  tail.flushedPoints = 0;
  tail.flushedParts = 0;
  tail.index = null;
}

/** About what it holds: columns as they are, and a guess for what stands around them. */
export function tailBytes(tail: RunTail): number {
  const index = tail.index === null ? 0 : tail.index.table.length * 4 + tail.index.slots.length * 4;
  return logBytes(tail.log) + index + TAIL_BYTES + tail.slots.length * SLOT_BYTES;
}

const TAIL_BYTES = 2000;
const SLOT_BYTES = 400;

/** The slot of a series id that a record or bundle names; a dead one if the series was cleared. */
export function slotOfId(tx: ReadTx, tail: RunTail, id: number): number {
  const known = tail.byId.get(id);
  if (known !== undefined) return known;
  const row = tx.get("series", id);
  return addSlot(tail, id, row === undefined || row.name < 0 ? null : row);
}

/** The slot of a stored series, or -1. */
export function findSlot(tx: ReadTx, tail: RunTail, key: string): number {
  const known = tail.byKey.get(key);
  if (known !== undefined) return known;
  if (tail.complete) return -1;
  const name = tx.list("names", { index: "byText", prefix: [key], limit: 1 })[0];
  if (name === undefined) return -1;
  const row = tx.list("series", { index: "byRun", prefix: [tail.run, name.id], limit: 1 })[0];
  if (row === undefined) return -1;
  const slot = tail.byId.get(row.id) ?? addSlot(tail, row.id, row);
  const { damaged } = tail.slots[slot] as SeriesSlot;
  if (damaged) decodeSummary(row.summary);
  tail.byKey.set(key, slot);
  return slot;
}

export function addSlot(tail: RunTail, id: number, row: SeriesRow | null): number {
  const slot = tail.slots.length;
  if (slot === tail.unsealed.length) growSlots(tail);
  const series: SeriesSlot = { id, row, summary: null, bundled: 0, damaged: false };
  tail.slots.push(series);
  tail.byId.set(id, slot);
  tail.ids[slot] = id;
  tail.unsealed[slot] = 0;
  resetKey(tail.greatest, slot);
  const greatest = greatestOf(series);
  if (greatest !== null) setKeyTo(tail.greatest, slot, greatest);
  return slot;
}

/** A damaged summary must not keep the run's other series from being written: whoever needs it will meet the error. */
function greatestOf(slot: SeriesSlot): PointKey | null {
  if (slot.row === null || slot.row.count === 0) return null;
  try {
    return summaryOf(slot).greatest;
  } catch (error) {
    if (!isCorruptRecord(error)) throw error;
    slot.damaged = true;
    return null;
  }
}

export function summaryOf(slot: SeriesSlot): Summary {
  if (slot.row === null) throw new Error(`series ${slot.id} is cleared`);
  slot.summary ??= decodeSummary(slot.row.summary);
  return slot.summary;
}

function growSlots(tail: RunTail): void {
  const room = tail.unsealed.length * 2;
  const greatest = new Float64Array(room * KEY_WIDTH);
  greatest.set(tail.greatest);
  const unsealed = new Uint32Array(room);
  unsealed.set(tail.unsealed);
  const ids = new Uint32Array(room);
  ids.set(tail.ids);
  tail.greatest = greatest;
  tail.unsealed = unsealed;
  tail.ids = ids;
}

/** As `countLog` for the whole journal, of which one record at a time is in memory. */
function countJournal(source: TailSource, tail: RunTail): void {
  for (const row of listJournal(source.tx, tail.head, tail.head.sealed)) {
    const log = createFlatLog();
    countLog(tail, log, [readInto(source, tail, log, row)]);
  }
}

/** Makes greatest keys and counts true for records that were read back, whose points are all of the log. */
function countLog(tail: RunTail, log: FlatLog, records: readonly TailRecord[]): void {
  const { greatest, unsealed } = tail;
  let at = 0;
  let part = 0;
  for (const { seq, parts } of records) {
    for (const last = part + parts; part < last; part++) {
      const slot = log.slots[part] as number;
      const end = at + (log.counts[part] as number);
      if (seq > (tail.slots[slot]?.row?.through ?? 0)) unsealed[slot] = (unsealed[slot] as number) + end - at;
      for (; at < end; at++) if (compareToKey(log, at, greatest, slot) > 0) setKey(greatest, slot, log, at);
    }
  }
}
