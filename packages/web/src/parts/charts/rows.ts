import type { SeriesBuckets } from "@cairn/core";

/** A series as it is held and drawn: the server's buckets. */
export type Rows = SeriesBuckets;

/** The columns of rows, but for what is told of them as a whole. */
export const ROW_COLUMNS = [
  "minSteps",
  "maxSteps",
  "minTimes",
  "maxTimes",
  "mins",
  "maxs",
  "sums",
  "counts",
  "nans",
  "positiveInfinities",
  "negativeInfinities",
  "attempts",
  "superseded",
] as const satisfies readonly (keyof Rows)[];

type Columns = Pick<Rows, (typeof ROW_COLUMNS)[number]>;

export function rowCount(rows: Rows): number {
  return rows.counts.length;
}

export function allocate(length: number): Columns {
  const doubles = () => new Float64Array(length);
  const words = () => new Uint32Array(length);
  return {
    minSteps: doubles(),
    maxSteps: doubles(),
    minTimes: doubles(),
    maxTimes: doubles(),
    mins: doubles(),
    maxs: doubles(),
    sums: doubles(),
    counts: words(),
    nans: words(),
    positiveInfinities: words(),
    negativeInfinities: words(),
    attempts: words(),
    superseded: new Uint8Array(length),
  };
}

/** Where the next question begins, so that its answer and the rows before it share no point. Null = ask for everything. */
export function nextFrom(rows: Rows): number | null {
  const last = rowCount(rows) - 1;
  if (last < 0) return null;
  const attempt = rows.attempts[last];
  let from = rows.minSteps[last] as number;
  for (let i = last; i >= 0 && rows.attempts[i] === attempt; i--) {
    if ((rows.maxSteps[i] as number) >= from) from = Math.min(from, rows.minSteps[i] as number);
  }
  return from;
}

/**
 * The rows with an answer that covers everything from step `from` on. Undefined when they cannot be joined: a newer attempt
 * began, which may have superseded any earlier row; then all must be asked for.
 */
export function mergeRows(old: Rows, newer: Rows, from: number): Rows | undefined {
  const attempt = old.attempts[rowCount(old) - 1];
  if (attempt === undefined) return newer;
  const kept: number[] = [];
  for (let i = 0; i < rowCount(old); i++) {
    if (old.attempts[i] !== attempt || (old.minSteps[i] as number) < from) kept.push(i);
  }
  const added: number[] = [];
  for (let i = 0; i < rowCount(newer); i++) {
    if ((newer.attempts[i] as number) > attempt) return undefined;
    if (newer.attempts[i] === attempt) added.push(i);
  }
  const columns = allocate(kept.length + added.length);
  copyRows(columns, 0, old, kept);
  copyRows(columns, kept.length, newer, added);
  let points = 0;
  for (const count of columns.counts) points += count;
  return { raw: points === columns.counts.length, points, ...columns };
}

function copyRows(to: Columns, at: number, from: Rows, places: readonly number[]): void {
  for (const name of ROW_COLUMNS) {
    const target = to[name];
    const source = from[name];
    for (let i = 0; i < places.length; i++) target[at + i] = source[places[i] as number] as number;
  }
}

/**
 * At most about `most` rows: neighbours of one attempt become one while they cover no more points than a power of two
 * that is just large enough. Counts, minima and maxima stay exact. Rows that are few enough are given back as they are.
 */
export function foldRows(rows: Rows, most: number): Rows {
  const length = rowCount(rows);
  if (length <= most) return rows;
  let size = 2;
  let groups = groupRows(rows, size);
  while (groups.length > most && size < rows.points * 2) {
    size *= 2;
    groups = groupRows(rows, size);
  }
  const out = allocate(groups.length);
  for (let g = 0; g < groups.length; g++) {
    const end = groups[g + 1] ?? length;
    foldGroup(out, g, rows, groups[g] as number, end);
  }
  return { raw: false, points: rows.points, ...out };
}

/** Where each group begins. */
function groupRows(rows: Rows, size: number): number[] {
  const starts: number[] = [];
  let points = 0;
  for (let i = 0; i < rowCount(rows); i++) {
    const count = rows.counts[i] as number;
    const isOther = rows.attempts[i] !== rows.attempts[i - 1] || rows.superseded[i] !== rows.superseded[i - 1];
    if (i === 0 || isOther || points + count > size) {
      starts.push(i);
      points = 0;
    }
    points += count;
  }
  return starts;
}

function foldGroup(out: Columns, to: number, rows: Rows, start: number, end: number): void {
  for (const name of ROW_COLUMNS) out[name][to] = rows[name][start] as number;
  for (let i = start + 1; i < end; i++) {
    least(out.minSteps, to, rows.minSteps[i] as number);
    least(out.minTimes, to, rows.minTimes[i] as number);
    least(out.mins, to, rows.mins[i] as number);
    greatest(out.maxSteps, to, rows.maxSteps[i] as number);
    greatest(out.maxTimes, to, rows.maxTimes[i] as number);
    greatest(out.maxs, to, rows.maxs[i] as number);
    for (const name of ["sums", "counts", "nans", "positiveInfinities", "negativeInfinities"] as const) {
      out[name][to] = (out[name][to] as number) + (rows[name][i] as number);
    }
  }
}

/** NaN stands for "no finite value". */
function least(column: Float64Array, at: number, value: number): void {
  const known = column[at] as number;
  if (value < known || Number.isNaN(known)) column[at] = value;
}

function greatest(column: Float64Array, at: number, value: number): void {
  const known = column[at] as number;
  if (value > known || Number.isNaN(known)) column[at] = value;
}
