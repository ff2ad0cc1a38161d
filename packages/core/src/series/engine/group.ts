import { allocatePoints, type Points, slicePoints, sortPoints } from "../codec/points.ts";
import type { FlatLog } from "./flat-log.ts";

/** The points of one series and attempt, in the one order. */
export interface Group {
  readonly slot: number;
  readonly series: number;
  readonly attempt: number;
  readonly points: Points;
}

/** The first parts of a log, brought together by series and attempt, in that order. */
export function groupLog(log: FlatLog, parts: number, points: number, slotCount: number): Group[] {
  const { slots, attempts, counts } = log;
  const latest = new Int32Array(slotCount).fill(-1);
  const others = new Map<string, number>();
  const groups: { slot: number; series: number; attempt: number; count: number; at: number }[] = [];
  const groupOf = new Uint32Array(parts);
  let sizes = new Uint32Array(slotCount);
  let current = -1;
  for (let part = 0; part < parts; part++) {
    const slot = slots[part] as number;
    const attempt = attempts[part] as number;
    if (attempt !== current) latest.fill(-1);
    current = attempt;
    let g = latest[slot] as number;
    if (g < 0) {
      const name = `${slot}/${attempt}`;
      g = others.get(name) ?? groups.length;
      if (g === groups.length) {
        groups.push({ slot, series: log.series[part] as number, attempt, count: 0, at: 0 });
        others.set(name, g);
      }
      if (g === sizes.length) sizes = doubled(sizes);
      latest[slot] = g;
    }
    groupOf[part] = g;
    sizes[g] = (sizes[g] as number) + (counts[part] as number);
  }
  let start = 0;
  for (const [g, group] of groups.entries()) {
    group.count = sizes[g] as number;
    group.at = start;
    start += group.count;
  }
  const all = allocatePoints(points, log.batches !== null);
  const places = groupOf;
  const ends = Uint32Array.from(groups, (group) => group.at);
  for (let part = 0; part < parts; part++) {
    const g = groupOf[part] as number;
    places[part] = ends[g] as number;
    ends[g] = (ends[g] as number) + (counts[part] as number);
  }
  scatter(log.steps, all.steps, places, counts, parts, points);
  scatter(log.times, all.times, places, counts, parts, points);
  scatter(log.values, all.values, places, counts, parts, points);
  if (log.batches !== null && all.batches !== null) scatter(log.batches, all.batches, places, counts, parts, points);
  return groups
    .sort((a, b) => a.series - b.series || a.attempt - b.attempt)
    .map(({ slot, series, attempt, count, at }) => ({
      slot,
      series,
      attempt,
      points: sortPoints(slicePoints(all, at, at + count)),
    }));
}

/** Copies each part's stretch of a column to its place. Parts of one point, as one call for many metrics makes, are the common ones. */
function scatter(
  from: Float64Array,
  to: Float64Array,
  places: Uint32Array,
  counts: Uint32Array,
  parts: number,
  points: number,
): void {
  if (parts === points) {
    for (let part = 0; part < parts; part++) to[places[part] as number] = from[part] as number;
    return;
  }
  let at = 0;
  for (let part = 0; part < parts; part++) {
    let place = places[part] as number;
    const end = at + (counts[part] as number);
    while (at < end) to[place++] = from[at++] as number;
  }
}

function doubled(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(words.length * 2);
  more.set(words);
  return more;
}
