import { allocate, type Rows } from "./rows.ts";

export interface TestPoint {
  readonly step: number;
  readonly value: number;
  /** 1000 ms a step when left out. */
  readonly time?: number;
  readonly attempt?: number;
  readonly superseded?: boolean;
}

/** Raw rows of some points, as the server would answer: by attempt, then by step. */
export function rowsOf(points: readonly TestPoint[]): Rows {
  const sorted = [...points].sort((a, b) => (a.attempt ?? 0) - (b.attempt ?? 0) || a.step - b.step);
  const columns = allocate(sorted.length);
  for (const [i, { step, value, time = step * 1000, attempt = 0, superseded = false }] of sorted.entries()) {
    const isNumber = Number.isFinite(value);
    columns.minSteps[i] = columns.maxSteps[i] = step;
    columns.minTimes[i] = columns.maxTimes[i] = time;
    columns.mins[i] = columns.maxs[i] = isNumber ? value : Number.NaN;
    columns.sums[i] = isNumber ? value : 0;
    columns.counts[i] = 1;
    columns.nans[i] = Number.isNaN(value) ? 1 : 0;
    columns.positiveInfinities[i] = value === Number.POSITIVE_INFINITY ? 1 : 0;
    columns.negativeInfinities[i] = value === Number.NEGATIVE_INFINITY ? 1 : 0;
    columns.attempts[i] = attempt;
    columns.superseded[i] = superseded ? 1 : 0;
  }
  return { raw: true, points: sorted.length, ...columns };
}
