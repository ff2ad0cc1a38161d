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
  for (let part = 0; part < parts; part++) {
    const slot = slots[part] as number;
    const attempt = attempts[part] as number;
    let g = latest[slot] as number;
    if (g < 0 || groups[g]?.attempt !== attempt) {
      const name = `${slot}/${attempt}`;
      g = others.get(name) ?? groups.length;
      if (g === groups.length) {
        groups.push({ slot, series: log.series[part] as number, attempt, count: 0, at: 0 });
        others.set(name, g);
      }
      latest[slot] = g;
    }
    groupOf[part] = g;
    (groups[g] as { count: number }).count += counts[part] as number;
  }
  let start = 0;
  for (const group of groups) {
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
  scatter(log.steps, all.steps, places, counts, parts);
  scatter(log.times, all.times, places, counts, parts);
  scatter(log.values, all.values, places, counts, parts);
  if (log.batches !== null && all.batches !== null) scatter(log.batches, all.batches, places, counts, parts);
  return groups
    .sort((a, b) => a.series - b.series || a.attempt - b.attempt)
    .map(({ slot, series, attempt, count, at }) => ({
      slot,
      series,
      attempt,
      points: sortPoints(slicePoints(all, at, at + count)),
    }));
}

/** Copies each part's stretch of a column to its place. */
function scatter(from: Float64Array, to: Float64Array, places: Uint32Array, counts: Uint32Array, parts: number): void {
  let at = 0;
  for (let part = 0; part < parts; part++) {
    let place = places[part] as number;
    const end = at + (counts[part] as number);
    while (at < end) to[place++] = from[at++] as number;
  }
}
