import type { ReadTx } from "@cairn/core";
import { grown } from "./grow.ts";

export const GONE = 0;
export const ALIVE = 1;
/** By its own mark; its experiment's is looked up by each search. */
export const DELETED = 2;

/**
 * The runs in order of their row numbers; the place in it is a run's slot, by which every column is indexed. Runs only
 * ever come at the end, because row numbers grow and never come back; a purged one leaves a gap.
 */
export interface Spine {
  readonly size: number;
  /** Slots whose run is gone. */
  readonly gone: number;
  readonly rows: Float64Array;
  /** By slot, the place of the run's experiment in `experimentIds`. */
  readonly experiments: Int32Array;
  readonly experimentIds: readonly number[];
  readonly states: Uint8Array;
  /** -1 if there is no such run. */
  slotOf(row: number): number;
  /** Reads a run anew and gives its slot: -1 if there is none, -2 if it is new but not the youngest (build anew then). */
  refresh(tx: ReadTx, row: number): number;
}

const BATCH = 20_000;

export function buildSpine(tx: ReadTx): Spine {
  let rows = new Float64Array(1024);
  let experiments = new Int32Array(1024);
  let states = new Uint8Array(1024);
  const experimentIds: number[] = [];
  const codes = new Map<number, number>();
  let size = 0;
  let gone = 0;

  function codeOf(experiment: number): number {
    let code = codes.get(experiment);
    if (code === undefined) {
      code = experimentIds.push(experiment) - 1;
      codes.set(experiment, code);
    }
    return code;
  }

  function append(row: number, experiment: number, deletedAt: number | null): number {
    if (size === rows.length) {
      rows = grown(rows, size + 1);
      experiments = grown(experiments, size + 1);
      states = grown(states, size + 1);
    }
    rows[size] = row;
    experiments[size] = codeOf(experiment);
    states[size] = deletedAt === null ? ALIVE : DELETED;
    return size++;
  }

  function slotOf(row: number): number {
    let low = 0;
    let high = size - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = rows[middle] as number;
      if (found === row) return middle;
      if (found < row) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  for (let after = -1; ; ) {
    const batch = tx.pick("runs", ["row", "experiment", "deletedAt"], { prefix: [], after, limit: BATCH });
    for (const run of batch) append(run.row, run.experiment, run.deletedAt);
    if (batch.length < BATCH) break;
    after = batch[batch.length - 1]?.row ?? after;
  }

  return {
    get size() {
      return size;
    },
    get gone() {
      return gone;
    },
    get rows() {
      return rows;
    },
    get experiments() {
      return experiments;
    },
    experimentIds,
    get states() {
      return states;
    },
    slotOf,
    refresh(tx, row) {
      const slot = slotOf(row);
      const [run] = tx.pick("runs", ["experiment", "deletedAt"], { prefix: [row], limit: 1 });
      if (slot < 0) {
        if (run === undefined) return -1;
        if (size > 0 && row < (rows[size - 1] as number)) return -2;
        return append(row, run.experiment, run.deletedAt);
      }
      if (run === undefined) {
        if (states[slot] !== GONE) gone++;
        states[slot] = GONE;
        return slot;
      }
      if (states[slot] === GONE) gone--;
      experiments[slot] = codeOf(run.experiment);
      states[slot] = run.deletedAt === null ? ALIVE : DELETED;
      return slot;
    },
  };
}
