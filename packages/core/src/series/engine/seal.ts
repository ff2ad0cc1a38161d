import { CHUNK } from "../codec/entry.ts";
import { pointCount } from "../codec/points.ts";
import { encodeSummary, mergeSummaries, summarize } from "../codec/summary.ts";
import { createPartReader } from "./bundle-parts.ts";
import type { Engine } from "./engine.ts";
import { fillSeries, putHead } from "./fill.ts";
import { dropFront } from "./flat-log.ts";
import { type Group, groupLog } from "./group.ts";
import { openBundles } from "./open-bundles.ts";
import { dropDead, placeOfSeal, putBundles, type Rest } from "./put-bundles.ts";
import { isLoaded, loadLog, type RunTail, type SeriesSlot, summaryOf } from "./tail.ts";

/**
 * Seals a prefix of the run's journal: full chunks leave, the rest becomes bundles, summaries take the points in, and the prefix
 * goes, all in the current transaction.
 */
export function sealRun(engine: Engine, tail: RunTail): void {
  if (!isLoaded(tail)) loadLog(engine, tail);
  const prefix = takePrefix(tail, engine.limits.workPoints);
  if (prefix === null) return;
  openBundles(engine, tail);
  const groups = groupLog(tail.log, prefix.parts, prefix.points, tail.slots.length);
  const rests: Rest[] = [];
  const read = createPartReader(engine, tail.run);
  let budget = engine.limits.workPoints;
  for (let from = 0; from < groups.length; ) {
    let to = from + 1;
    while (to < groups.length && groups[to]?.slot === groups[from]?.slot) to += 1;
    const own = groups.slice(from, to);
    from = to;
    const at = (own[0] as Group).slot;
    const slot = tail.slots[at] as SeriesSlot;
    for (const { points } of own) tail.unsealed[at] = (tail.unsealed[at] as number) - pointCount(points);
    if (slot.row === null) continue;
    takeIn(slot, own);
    const fills =
      own.some(({ points }) => pointCount(points) >= CHUNK) || (budget > 0 && slot.bundled + sizeOf(own) >= CHUNK);
    if (fills) {
      budget -= slot.bundled;
      rests.push(...fillSeries(engine, tail, at, own, read));
    } else rests.push(...own);
    engine.tx.put("series", slot.row);
  }
  putBundles(engine, tail, rests, placeOfSeal(prefix.seq));
  dropDead(engine, tail);
  clearJournal(engine, tail, prefix);
  const { seq, points, bytes } = tail.head;
  const left =
    prefix.seq === seq ? { points: 0, bytes: 0 } : { points: points - prefix.points, bytes: bytes - prefix.bytes };
  putHead(engine, tail, { sealed: prefix.seq, ...left });
  dropPrefix(tail, prefix);
}

interface Prefix {
  readonly records: number;
  readonly seq: number;
  readonly points: number;
  readonly parts: number;
  readonly bytes: number;
}

/** The first records, at least one, of together about `limit` points. */
function takePrefix(tail: RunTail, limit: number): Prefix | null {
  let points = 0;
  let parts = 0;
  let bytes = 0;
  let records = 0;
  let seq = 0;
  for (const record of tail.records) {
    if (records > 0 && points + record.points > limit) break;
    records += 1;
    points += record.points;
    parts += record.parts;
    bytes += record.bytes;
    seq = record.seq;
  }
  return records === 0 ? null : { records, seq, points, parts, bytes };
}

/** Deletes the prefix, but for damaged records: they stay as evidence, below `sealed`, where nobody reads them. */
function clearJournal({ tx }: Engine, tail: RunTail, prefix: Prefix): void {
  const damaged = tail.records.slice(0, prefix.records).filter((record) => record.parts === 0);
  let from = tail.head.sealed + 1;
  for (const { seq } of damaged) {
    tx.clear("journal", { prefix: [tail.run], from, to: seq });
    from = seq + 1;
  }
  tx.clear("journal", { prefix: [tail.run], from, to: prefix.seq + 1 });
}

function dropPrefix(tail: RunTail, prefix: Prefix): void {
  tail.records.splice(0, prefix.records);
  dropFront(tail.log, prefix.points, prefix.parts);
  tail.flushedPoints -= prefix.points;
  tail.flushedParts -= prefix.parts;
  tail.index = null;
}

/** The series' summary, in its row, takes in new points. */
function takeIn(slot: SeriesSlot, groups: readonly Group[]): void {
  let summary = summaryOf(slot);
  for (const { points } of groups) summary = mergeSummaries(summary, summarize(points));
  slot.summary = summary;
  const latest = summary.latest?.value ?? null;
  slot.row = {
    ...(slot.row as NonNullable<SeriesSlot["row"]>),
    count: summary.count,
    latest: latest !== null && Number.isNaN(latest) ? null : latest,
    min: summary.min?.value ?? null,
    max: summary.max?.value ?? null,
    summary: encodeSummary(summary),
  };
}

function sizeOf(groups: readonly Group[]): number {
  let points = 0;
  for (const group of groups) points += pointCount(group.points);
  return points;
}
