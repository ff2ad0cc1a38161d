import { pointCount } from "../codec/points.ts";
import { encodeSummary, mergeSummaries, summarize } from "../codec/summary.ts";
import type { SeriesRow } from "../rows.ts";
import { createPartReader } from "./bundle-parts.ts";
import type { Engine } from "./engine.ts";
import { fillSeries, isFilling, mayFill, putHead } from "./fill.ts";
import { dropFront, releaseLog } from "./flat-log.ts";
import { openBundles } from "./open-bundles.ts";
import { type Group, gatherSeries, type PartOrder } from "./part-order.ts";
import { dropDead, placeOfSeal, putBundles, type Rest } from "./put-bundles.ts";
import { orderSeal, startSeal } from "./start-seal.ts";
import { type Prefix, type RunTail, type SeriesSlot, summaryOf, type TailRecord } from "./tail.ts";

/**
 * Seals a prefix of the run's journal, as many series as one call may handle: full chunks leave, the rest becomes bundles, and
 * summaries take the points in. A series that is done says so by `through`, so that its journal counts no more; with the last
 * one the prefix goes.
 */
export function sealRun(engine: Engine, tail: RunTail): void {
  tail.seal ??= startSeal(engine, tail);
  const { seal } = tail;
  if (seal === null) return;
  const order = orderSeal(engine, tail, seal);
  if (order === null) return;
  const { prefix } = seal;
  openBundles(engine, tail);
  const slots = nextSlots(tail, order, seal.next, engine.budget);
  seal.next += slots.length;
  const rests: Rest[] = [];
  const read = createPartReader(engine, tail.run);
  const open = slots.filter((at) => isOpen(tail, at, prefix.seq));
  for (const own of gatherSeries(seal.log, order, open, tail.ids)) {
    const at = (own[0] as Group).slot;
    const slot = tail.slots[at] as SeriesSlot;
    tail.unsealed[at] = (tail.unsealed[at] as number) - sizeOf(own);
    takeIn(slot, own, prefix.seq);
    if (isFilling(engine, tail, at, own)) rests.push(...fillSeries(engine, tail, at, own, read));
    else rests.push(...own);
    engine.tx.put("series", slot.row as SeriesRow);
  }
  putBundles(engine, tail, rests, placeOfSeal(prefix.seq));
  dropDead(engine, tail);
  if (seal.next < order.slots.length) putHead(engine, tail, { sealing: prefix.seq });
  else finishSeal(engine, tail, prefix);
}

/** As many slots from `next` on as one call may handle, at least one. */
function nextSlots({ slots }: RunTail, order: PartOrder, next: number, budget: number): Uint32Array {
  let to = next;
  let work = 0;
  while (to < order.slots.length && work < budget) {
    const at = order.slots[to] as number;
    const points = order.counts[at] as number;
    work += points;
    if (mayFill(slots[at] as SeriesSlot, points)) work += (slots[at] as SeriesSlot).bundled;
    to += 1;
  }
  return order.slots.subarray(next, to);
}

/** False if the series is cleared, or was done before a restart. */
function isOpen({ slots }: RunTail, at: number, through: number): boolean {
  const { row } = slots[at] as SeriesSlot;
  return row !== null && row.through < through;
}

function finishSeal(engine: Engine, tail: RunTail, prefix: Prefix): void {
  clearJournal(engine, tail, prefix);
  const { seq, points, bytes } = tail.head;
  const left =
    prefix.seq === seq ? { points: 0, bytes: 0 } : { points: points - prefix.points, bytes: bytes - prefix.bytes };
  putHead(engine, tail, { sealed: prefix.seq, sealing: 0, ...left });
  dropPrefix(tail, prefix.seq);
  if (tail.seal !== null && tail.seal.log !== tail.log) releaseLog(tail.seal.log);
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
  slot.summary = null;
  const latest = summary.latest?.value ?? null;
  const row = slot.row as SeriesRow;
  row.through = through;
  row.count = summary.count;
  row.latest = latest !== null && Number.isNaN(latest) ? null : latest;
  row.min = summary.min?.value ?? null;
  row.max = summary.max?.value ?? null;
  row.summary = encodeSummary(summary);
}

function sizeOf(groups: readonly Group[]): number {
  let points = 0;
  for (const group of groups) points += pointCount(group.points);
  return points;
}
