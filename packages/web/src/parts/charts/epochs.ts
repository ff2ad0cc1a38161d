import { type Rows, rowCount } from "./rows.ts";

/** Steps and epochs of one run as functions of each other. */
export interface EpochMap {
  /** Between what was logged, evenly; beyond it, as in the nearest stretch. */
  epochOf(step: number): number;
  stepOf(epoch: number): number;
}

/**
 * From the rows of a metric named `epoch`: at each step where it was logged, the epoch. Undefined if it says nothing (fewer
 * than two steps, or not rising).
 */
export function buildEpochMap(rows: Rows): EpochMap | undefined {
  const steps: number[] = [];
  const epochs: number[] = [];
  for (let i = 0; i < rowCount(rows); i++) {
    if (rows.superseded[i] === 1) continue;
    const step = rows.minSteps[i] as number;
    const epoch = rows.mins[i] as number;
    const isRising = steps.length === 0 || (step > (steps.at(-1) as number) && epoch >= (epochs.at(-1) as number));
    if (Number.isNaN(epoch) || !isRising) continue;
    steps.push(step);
    epochs.push(epoch);
  }
  if (steps.length < 2 || epochs[0] === epochs.at(-1)) return undefined;
  return { epochOf: (step) => interpolate(steps, epochs, step), stepOf: (epoch) => interpolate(epochs, steps, epoch) };
}

function interpolate(from: readonly number[], to: readonly number[], at: number): number {
  let low = 0;
  let high = from.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  const [x0, x1] = [from[low] as number, from[low + 1] as number];
  const [y0, y1] = [to[low] as number, to[low + 1] as number];
  return x1 === x0 ? y0 : y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}
