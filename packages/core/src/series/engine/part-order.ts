import { allocatePoints, concatPoints, type Points, slicePoints, sortPoints } from "../codec/points.ts";
import { attemptOf, type FlatLog } from "./flat-log.ts";

/** The parts of a log by slot: those of one end in `parts` before `ends[slot]`, and are `sizes[slot]`. */
export interface PartOrder {
  readonly parts: Uint32Array;
  readonly sizes: Uint32Array;
  readonly ends: Uint32Array;
  /** Points of each slot. */
  readonly counts: Uint32Array;
  /** Where the points of each part begin; null if every part is one point. */
  readonly starts: Uint32Array | null;
  /** The slots that have parts, by series id. */
  readonly slots: Uint32Array;
}

/** Points of one series and attempt, in the one order. */
export interface Group {
  readonly slot: number;
  readonly series: number;
  readonly attempt: number;
  readonly points: Points;
}

/** The first parts of a log by series, each series' in the order of their arrival. `ids`: series by slot. */
export function orderParts(log: FlatLog, count: number, ids: Uint32Array): PartOrder {
  const sizes = new Uint32Array(ids.length);
  const counts = new Uint32Array(ids.length);
  const starts = new Uint32Array(count);
  const found: number[] = [];
  let points = 0;
  for (let part = 0; part < count; part++) {
    const slot = log.slots[part] as number;
    const own = log.counts[part] as number;
    if (sizes[slot] === 0) found.push(slot);
    sizes[slot] = (sizes[slot] as number) + 1;
    counts[slot] = (counts[slot] as number) + own;
    starts[part] = points;
    points += own;
  }
  const slots = Uint32Array.from(found).sort((a, b) => (ids[a] as number) - (ids[b] as number));
  const ends = new Uint32Array(ids.length);
  let end = 0;
  for (const slot of slots) {
    ends[slot] = end;
    end += sizes[slot] as number;
  }
  const parts = new Uint32Array(count);
  for (let part = 0; part < count; part++) {
    const slot = log.slots[part] as number;
    const at = ends[slot] as number;
    parts[at] = part;
    ends[slot] = at + 1;
  }
  return { parts, sizes, ends, counts, starts: points === count ? null : starts, slots };
}

/** The points of some series, by series and attempt. */
export function gatherSeries(log: FlatLog, order: PartOrder, slots: Uint32Array, ids: Uint32Array): Group[][] {
  let total = 0;
  for (const slot of slots) total += order.counts[slot] as number;
  const all = allocatePoints(total, log.batches !== null);
  let at = 0;
  return Array.from(slots, (slot) => {
    const groups: Group[] = [];
    const last = order.ends[slot] as number;
    for (let from = last - (order.sizes[slot] as number), to = from; from < last; from = to) {
      const attempt = attemptOf(log, order.parts[from] as number);
      while (to < last && attemptOf(log, order.parts[to] as number) === attempt) to += 1;
      const end = copyParts(log, order, from, to, all, at);
      addGroup(groups, { slot, series: ids[slot] as number, attempt, points: slicePoints(all, at, end) });
      at = end;
    }
    return groups.map((group) => ({ ...group, points: sortPoints(group.points) }));
  });
}

function addGroup(groups: Group[], group: Group): void {
  const same = groups.findIndex(({ attempt }) => attempt === group.attempt);
  if (same < 0) groups.push(group);
  else groups[same] = { ...group, points: concatPoints([(groups[same] as Group).points, group.points]) };
}

/** Copies the points of some parts to `at` and behind. @returns where they end */
function copyParts(log: FlatLog, order: PartOrder, from: number, to: number, all: Points, at: number): number {
  const { parts, starts } = order;
  let place = at;
  for (let k = from; k < to; k++) {
    const part = parts[k] as number;
    const start = starts === null ? part : (starts[part] as number);
    const end = starts === null ? start + 1 : start + (log.counts[part] as number);
    for (let i = start; i < end; i++) {
      all.steps[place] = log.steps[i] as number;
      all.times[place] = log.times[i] as number;
      all.values[place] = log.values[i] as number;
      if (all.batches !== null) all.batches[place] = log.batches === null ? Number.NaN : (log.batches[i] as number);
      place += 1;
    }
  }
  return place;
}
