import type { ReadTx } from "../../store/tx.ts";
import { decodeJournalRecord } from "../codec/journal-record.ts";
import { concatPoints, type Points, slicePoints, sortPoints } from "../codec/points.ts";
import { emptySummary, type Summary } from "../codec/summary.ts";
import type { HeadRow, SeriesRow } from "../rows.ts";
import { type OnDamage, readRecord } from "./damage.ts";
import { appendFlat, createFlatLog, type FlatLog, logBytes } from "./flat-log.ts";
import { keepTail, type ReaderCache } from "./reader-cache.ts";
import { countPart, createTailStats, summaryOfSlot, type TailStats } from "./tail-stats.ts";

/** A reader's view of one run's journal, as of the head it names. */
export interface TailView {
  readonly run: number;
  seq: number;
  readonly sealed: number;
  readonly layout: number;
  readonly log: FlatLog;
  readonly slots: Map<number, number>;
  /** The last part of each slot, and the part of the same slot before each part; -1 = none. */
  readonly lastPart: number[];
  readonly partBefore: number[];
  readonly partStart: number[];
  readonly partSeq: number[];
  readonly stats: TailStats;
  bytes: number;
}

/** A series, and the record up to which its journal counts no more because a seal under way has taken it. */
type Place = Pick<SeriesRow, "id" | "through">;

/** Points of one attempt, in the one order. */
export interface AttemptPoints {
  readonly attempt: number;
  readonly points: Points;
}

/**
 * The journal of a run, from the cache as far as it is true: a kept tail serves only if the run was not sealed, merged or cleared
 * since, and takes in the records that came later.
 */
export function openTailView(
  tx: ReadTx,
  head: HeadRow,
  cache: ReaderCache | null,
  onDamage: OnDamage | null = null,
): TailView {
  const known = cache?.tails.get(head.run);
  const usable =
    known !== undefined && known.sealed === head.sealed && known.layout === head.layout && known.seq <= head.seq;
  const view = usable ? known : createTailView(head);
  if (view.seq < head.seq) extend(tx, view, head.seq, onDamage);
  if (cache !== null && (known === undefined || usable || known.seq < head.seq)) keepTail(cache, view);
  return view;
}

/** The unsealed points of a series, by attempt. */
export function tailPoints(view: TailView, { id, through }: Place): AttemptPoints[] {
  const slot = view.slots.get(id);
  if (slot === undefined) return [];
  const { log } = view;
  const byAttempt = new Map<number, Points[]>();
  for (let part = view.lastPart[slot] as number; part >= 0; part = view.partBefore[part] as number) {
    if ((view.partSeq[part] as number) <= through) break;
    const start = view.partStart[part] as number;
    const points = slicePoints(log, start, start + (log.counts[part] as number));
    const attempt = log.attempts[part] as number;
    const list = byAttempt.get(attempt);
    if (list === undefined) byAttempt.set(attempt, [points]);
    else list.push(points);
  }
  return [...byAttempt]
    .sort(([a], [b]) => a - b)
    .map(([attempt, parts]) => ({ attempt, points: sortPoints(concatPoints(parts.reverse())) }));
}

/** The summary of a series' unsealed points. */
export function tailSummary(view: TailView, { id, through }: Place): Summary {
  const slot = view.slots.get(id);
  if (slot === undefined) return emptySummary();
  const { log, stats } = view;
  if (through <= view.sealed) return summaryOfSlot(stats, log, slot);
  const later = createTailStats(1);
  for (let part = view.lastPart[slot] as number; part >= 0; part = view.partBefore[part] as number) {
    if ((view.partSeq[part] as number) <= through) break;
    const start = view.partStart[part] as number;
    countPart(later, log, 0, start, start + (log.counts[part] as number));
  }
  return summaryOfSlot(later, log, 0);
}

function createTailView({ run, sealed, layout }: HeadRow): TailView {
  return {
    run,
    seq: sealed,
    sealed,
    layout,
    log: createFlatLog(),
    slots: new Map(),
    lastPart: [],
    partBefore: [],
    partStart: [],
    partSeq: [],
    stats: createTailStats(),
    bytes: 0,
  };
}

/** Takes in the records up to `seq`, each wholly, so that a damaged one leaves the view as of the one before it. */
function extend(tx: ReadTx, view: TailView, seq: number, onDamage: OnDamage | null): void {
  const { log, slots } = view;
  for (const { seq: own, data } of tx.list("journal", { prefix: [view.run], after: view.seq, to: seq + 1 })) {
    const place = () => `journal record ${own}`;
    const flat = readRecord(
      onDamage,
      view.run,
      place,
      () => decodeJournalRecord(data),
      () => null,
    );
    let part = log.parts;
    let at = log.points;
    if (flat !== null) appendFlat(log, flat, (series) => slotFor(slots, series));
    for (; part < log.parts; part++) {
      const end = at + (log.counts[part] as number);
      notePart(view, part, own, at, end);
      at = end;
    }
    view.seq = own;
  }
  view.seq = seq;
  view.bytes = logBytes(log) + log.parts * 16;
}

function notePart(
  { log, lastPart, partBefore, partStart, partSeq, stats }: TailView,
  part: number,
  seq: number,
  from: number,
  to: number,
): void {
  const slot = log.slots[part] as number;
  partStart[part] = from;
  partSeq[part] = seq;
  partBefore[part] = lastPart[slot] ?? -1;
  lastPart[slot] = part;
  countPart(stats, log, slot, from, to);
}

function slotFor(slots: Map<number, number>, series: number): number {
  const known = slots.get(series);
  if (known !== undefined) return known;
  const slot = slots.size;
  slots.set(series, slot);
  return slot;
}
