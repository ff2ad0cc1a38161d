import type { ChangeInput, SeriesBatch } from "@cairn/core";
import type { Change } from "../shared/committer.ts";

/** A batch of points whose columns lie in the message's `columns`. */
interface PackedBatch {
  readonly keys: readonly string[];
  readonly points: number;
  readonly hasBatches: boolean;
}

export interface PackedChanges {
  /** In place of its batch, a change that logs points has a `PackedBatch`. */
  readonly changes: readonly Change[];
  /**
   * Of each batch in turn its steps, times, values and, if it has them, batches, 8 bytes each; behind them all the counts of
   * all, 4 bytes each. It is made for this message, so it may be transferred.
   */
  readonly columns: ArrayBuffer;
}

/**
 * Changes as they travel between threads: cloned by itself, each typed array costs as much as all the rest of a change
 * with one point.
 */
export function packChanges(changes: readonly Change[]): PackedChanges {
  const batches = changes.map(batchOf);
  let numbers = 0;
  let parts = 0;
  for (const batch of batches) {
    if (batch === undefined) continue;
    numbers += batch.values.length * (batch.batches === null ? 3 : 4);
    parts += batch.keys.length;
  }
  const columns = new ArrayBuffer(numbers * 8 + parts * 4);
  const doubles = new Float64Array(columns, 0, numbers);
  const counts = new Uint32Array(columns, numbers * 8, parts);
  let at = 0;
  let part = 0;
  const put = (column: Float64Array) => {
    doubles.set(column, at);
    at += column.length;
  };
  const packed = changes.map((change, index) => {
    const batch = batches[index];
    if (batch === undefined) return change;
    put(batch.steps);
    put(batch.times);
    put(batch.values);
    if (batch.batches !== null) put(batch.batches);
    counts.set(batch.counts, part);
    part += batch.counts.length;
    const points: PackedBatch = { keys: batch.keys, points: batch.values.length, hasBatches: batch.batches !== null };
    return { ...change, input: { ...(change.input as object), points } };
  });
  return { changes: packed, columns };
}

/** What `packChanges` was given. The columns of its batches are views of `columns`. */
export function unpackChanges({ changes, columns }: PackedChanges): Change[] {
  let parts = 0;
  for (const change of changes) parts += packedOf(change)?.keys.length ?? 0;
  let at = 0;
  let countsAt = columns.byteLength - parts * 4;
  const take = (length: number) => {
    const column = new Float64Array(columns, at, length);
    at += length * 8;
    return column;
  };
  return changes.map((change) => {
    const batch = packedOf(change);
    if (batch === undefined) return change;
    const { keys, points: n, hasBatches } = batch;
    const counts = new Uint32Array(columns, countsAt, keys.length);
    countsAt += keys.length * 4;
    const steps = take(n);
    const times = take(n);
    const values = take(n);
    const points: SeriesBatch = { keys, counts, steps, times, values, batches: hasBatches ? take(n) : null };
    return { ...change, input: { ...(change.input as object), points } };
  });
}

function batchOf({ kind, input }: Change): SeriesBatch | undefined {
  return kind === "runs.log" ? (input as ChangeInput<"runs.log">).points : undefined;
}

function packedOf({ kind, input }: Change): PackedBatch | undefined {
  return kind === "runs.log" ? (input as { readonly points?: PackedBatch }).points : undefined;
}
