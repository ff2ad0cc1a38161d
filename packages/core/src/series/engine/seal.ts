import { pointCount } from "../codec/points.ts";
import { encodeSummary, mergeSummaries, summarize } from "../codec/summary.ts";
import type { HeadRow, SeriesRow } from "../rows.ts";
import { createPartReader } from "./bundle-parts.ts";
import type { Engine } from "./engine.ts";
import { fillSeries, isFilling, putHead } from "./fill.ts";
import { dropFront } from "./flat-log.ts";
import { type Group, groupLog } from "./group.ts";
import { openBundles } from "./open-bundles.ts";
import { dropDead, placeOfSeal, putBundles, type Rest } from "./put-bundles.ts";
import {
  isLoaded,
  type Prefix,
  type RunTail,
  readPrefix,
  type SeriesSlot,
  type StartedSeal,
  summaryOf,
  type TailRecord,
} from "./tail.ts";

/**
 * Seals a prefix of the run's journal, as many series as one call may handle: full chunks leave, the rest becomes bundles, and
 * summaries take the points in. A series that is done says so by `through`, so that its journal counts no more; with the last
 * one the prefix goes.
 */
export function sealRun(engine: Engine, tail: RunTail): void {
  if (tail.seal === null) {
    tail.seal = startSeal(engine, tail);
    if (tail.seal === null) return;
    // To bring very many points together is a call's work by itself.
    if (tail.seal.prefix.points > engine.limits.workPoints) return;
  }
  const { prefix, groups } = tail.seal;
  const rests: Rest[] = [];
  const read = createPartReader(engine, tail.run);
  let work = 0;
  while (tail.seal.next < groups.length && work < engine.limits.workPoints) {
    const own = takeSeries(groups, tail.seal.next);
    tail.seal.next += own.length;
    const at = (own[0] as Group).slot;
    const slot = tail.slots[at] as SeriesSlot;
    const { row } = slot;
    if (row === null || row.through >= prefix.seq) continue;
    const points = sizeOf(own);
    work += points;
    tail.unsealed[at] = (tail.unsealed[at] as number) - points;
    takeIn(slot, own, prefix.seq);
    if (isFilling(engine, tail, at, own)) {
      work += slot.bundled;
      rests.push(...fillSeries(engine, tail, at, own, read));
    } else rests.push(...own);
    engine.tx.put("series", slot.row as SeriesRow);
  }
  putBundles(engine, tail, rests, placeOfSeal(prefix.seq));
  dropDead(engine, tail);
  if (tail.seal.next < groups.length) putHead(engine, tail, { sealing: prefix.seq });
  else finishSeal(engine, tail, prefix);
}

function startSeal(engine: Engine, tail: RunTail): StartedSeal | null {
  const { sealPoints } = engine.limits;
  // Of a backlog that is not in memory only the part that is sealed: all of it may be more than memory should hold.
  const { log, records } = isLoaded(tail) ? tail : readPrefix(engine, tail, sealPoints);
  const prefix = takePrefix(records, tail.head, sealPoints);
  if (prefix === null) return null;
  openBundles(engine, tail);
  return { prefix, groups: groupLog(log, prefix.parts, prefix.points, tail.slots.length), next: 0 };
}

/** All groups of the series that begins here. */
function takeSeries(groups: readonly Group[], from: number): Group[] {
  let to = from + 1;
  while (to < groups.length && groups[to]?.slot === groups[from]?.slot) to += 1;
  return groups.slice(from, to);
}

/** The first records, at least one, of together about `limit` points; or those of the seal that was begun. */
function takePrefix(all: readonly TailRecord[], head: HeadRow, limit: number): Prefix | null {
  const sum = { seq: 0, points: 0, parts: 0, bytes: 0 };
  const records: TailRecord[] = [];
  for (const record of all) {
    const { seq, points, parts, bytes } = record;
    if (head.sealing > 0 ? seq > head.sealing : records.length > 0 && sum.points + points > limit) break;
    records.push(record);
    sum.seq = seq;
    sum.points += points;
    sum.parts += parts;
    sum.bytes += bytes;
  }
  return records.length === 0 ? null : { ...sum, records };
}

function finishSeal(engine: Engine, tail: RunTail, prefix: Prefix): void {
  clearJournal(engine, tail, prefix);
  const { seq, points, bytes } = tail.head;
  const left =
    prefix.seq === seq ? { points: 0, bytes: 0 } : { points: points - prefix.points, bytes: bytes - prefix.bytes };
  putHead(engine, tail, { sealed: prefix.seq, sealing: 0, ...left });
  dropPrefix(tail, prefix.seq);
  tail.seal = null;
}

/** Deletes the prefix. Of damaged records the bytes stay as evidence, where they count no more. */
function clearJournal({ tx }: Engine, { run, head }: RunTail, prefix: Prefix): void {
  for (const { id, seq, parts } of prefix.records) {
    if (parts === 0) tx.put("lost", { run, seq, data: tx.get("journal", id)?.data ?? new Uint8Array(0) });
    tx.delete("journal", id);
  }
  if (prefix.seq === head.seq) tx.delete("unsealed", run);
}

/** Of a tail that had let go of its points only the later part of the prefix is in memory. */
function dropPrefix(tail: RunTail, through: number): void {
  let points = 0;
  let parts = 0;
  let records = 0;
  for (; (tail.records[records]?.seq ?? Number.POSITIVE_INFINITY) <= through; records++) {
    points += (tail.records[records] as TailRecord).points;
    parts += (tail.records[records] as TailRecord).parts;
  }
  tail.records.splice(0, records);
  dropFront(tail.log, points, parts);
  tail.flushedPoints -= points;
  tail.flushedParts -= parts;
  tail.index = null;
}

/** The series' summary, in its row, takes in new points. */
function takeIn(slot: SeriesSlot, groups: readonly Group[], through: number): void {
  let summary = summaryOf(slot);
  for (const { points } of groups) summary = mergeSummaries(summary, summarize(points));
  slot.summary = summary;
  const latest = summary.latest?.value ?? null;
  slot.row = {
    ...(slot.row as SeriesRow),
    through,
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
