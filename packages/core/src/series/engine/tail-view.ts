import type { ReadTx } from "../../store/tx.ts";
import { decodeJournalRecord } from "../codec/journal-record.ts";
import { concatPoints, type FlatPoints, type Points, slicePoints, sortPoints } from "../codec/points.ts";
import { emptySummary, type Summary } from "../codec/summary.ts";
import type { HeadRow, SeriesRow } from "../rows.ts";
import { type OnDamage, readRecord } from "./damage.ts";
import { appendFlat, attemptOf, createFlatLog, logBytes, reserveLog } from "./flat-log.ts";
import { listJournal } from "./list-journal.ts";
import { chainBytes, createPartChain, reserveChain } from "./part-chain.ts";
import { keepTail, type ReaderCache } from "./reader-cache.ts";
import type { TailView } from "./tail-log.ts";
import { countPart, createTailStats, summaryOfSlot } from "./tail-stats.ts";

/** A series, and the record up to which its journal counts no more because a seal under way has taken it. */
type Place = Pick<SeriesRow, "id" | "through">;

/** Points of one attempt, in the one order. */
export interface AttemptPoints {
  readonly attempt: number;
  readonly points: Points;
}

/**
 * The journal of a run, from the cache as far as it is true: a kept tail serves only if the run was not sealed since, and takes in
 * the records that came later.
 */
export function openTailView(
  tx: ReadTx,
  head: HeadRow,
  cache: ReaderCache | null,
  onDamage: OnDamage | null = null,
): TailView {
  const known = cache?.tails.get(head.run);
  const usable = known !== undefined && known.sealed === head.sealed && known.seq <= head.seq;
  const view = usable ? known : createTailView(head);
  if (view.seq < head.seq) extend(tx, view, head, onDamage);
  if (cache !== null && (known === undefined || usable || known.seq < head.seq)) keepTail(cache, view);
  return view;
}

/** The unsealed points of a series, by attempt. */
export function tailPoints(view: TailView, { id, through }: Place): AttemptPoints[] {
  const slot = view.slots.get(id);
  if (slot === undefined) return [];
  const { log, chain } = view;
  const byAttempt = new Map<number, Points[]>();
  for (let part = chain.last[slot] as number; part >= 0; part = chain.before[part] as number) {
    if ((chain.seq[part] as number) <= through) break;
    const start = chain.start[part] as number;
    const points = slicePoints(log, start, start + (log.counts[part] as number));
    const attempt = attemptOf(log, part);
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
  const { log, stats, chain } = view;
  if (through <= view.sealed) return summaryOfSlot(stats, log, slot);
  const later = createTailStats(1);
  for (let part = chain.last[slot] as number; part >= 0; part = chain.before[part] as number) {
    if ((chain.seq[part] as number) <= through) break;
    const start = chain.start[part] as number;
    countPart(later, log, 0, start, start + (log.counts[part] as number));
  }
  return summaryOfSlot(later, log, 0);
}

function createTailView({ run, sealed }: HeadRow): TailView {
  return {
    run,
    seq: sealed,
    sealed,
    log: createFlatLog(),
    slots: new Map(),
    ids: [],
    chain: createPartChain(),
    stats: createTailStats(),
    bytes: 0,
  };
}

/** Takes in the records up to the head's, each wholly, so that a damaged one leaves the view as of the one before it. */
function extend(tx: ReadTx, view: TailView, head: HeadRow, onDamage: OnDamage | null): void {
  const { log } = view;
  reserveLog(log, Math.max(0, head.points - log.points), 0);
  for (const { seq: own, data } of listJournal(tx, head, view.seq)) {
    const place = () => `journal record ${own}`;
    const read = () => decodeJournalRecord(data);
    const flat = readRecord(onDamage, view.run, place, read, () => null);
    if (flat !== null) takeRecord(view, flat, own);
    view.seq = own;
  }
  view.seq = head.seq;
  view.bytes = logBytes(log) + chainBytes(view.chain);
}

function takeRecord({ log, slots, ids, chain, stats }: TailView, flat: FlatPoints, seq: number): void {
  let part = log.parts;
  let at = log.points;
  // Records mostly have the same series in the same order, so the one before tells the slots without a look-up.
  let guess = Math.max(0, part - flat.series.length);
  appendFlat(log, flat, (series) => {
    const same = guess < part && ids[log.slots[guess] as number] === series;
    return same ? (log.slots[guess++] as number) : slotFor(slots, ids, series);
  });
  reserveChain(chain, log.parts, slots.size);
  for (; part < log.parts; part++) {
    const slot = log.slots[part] as number;
    const end = at + (log.counts[part] as number);
    chain.start[part] = at;
    chain.seq[part] = seq;
    chain.before[part] = chain.last[slot] as number;
    chain.last[slot] = part;
    countPart(stats, log, slot, at, end);
    at = end;
  }
}

function slotFor(slots: Map<number, number>, ids: number[], series: number): number {
  const known = slots.get(series);
  if (known !== undefined) return known;
  const slot = slots.size;
  slots.set(series, slot);
  ids.push(series);
  return slot;
}
