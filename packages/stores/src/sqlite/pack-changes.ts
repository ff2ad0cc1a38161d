import { type ChangeInput, createKeyLists, type SeriesBatch } from "@cairn/core";
import type { Change } from "../shared/committer.ts";

/** A batch of points whose columns lie in the message's `columns`. */
interface PackedBatch {
  /** Null if they are the list at `place`, which an earlier batch brought. */
  readonly keys: readonly string[] | null;
  /** Where both sides keep the list from now on; -1 = nowhere. */
  readonly place: number;
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

export interface ChangePacker {
  pack(changes: readonly Change[]): PackedChanges;
  /** What was packed last did not arrive: lists of keys are sent anew. */
  forget(): void;
}

/**
 * Changes as they travel between threads, in order. Cloned by itself, each typed array costs as much as all the rest of a change
 * with one point, and a thousand keys as much as their points; so keys that were sent before are told by their place.
 */
export function createChangePacker(): ChangePacker {
  const lists = createKeyLists();

  function packBatch({ keys, values, batches }: SeriesBatch): PackedBatch {
    const found = lists.find(keys);
    const place = found < 0 ? lists.keep(keys) : found;
    return { keys: found < 0 ? keys : null, place, points: values.length, hasBatches: batches !== null };
  }

  function pack(changes: readonly Change[]): PackedChanges {
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
      return { ...change, input: { ...(change.input as object), points: packBatch(batch) } };
    });
    return { changes: packed, columns };
  }

  return { pack, forget: lists.clear };
}

/** The other side: gives what the packer was given, if it gets all of its messages in order. The columns are views of `columns`. */
export function createChangeUnpacker(): (packed: PackedChanges) => Change[] {
  const lists: (readonly string[])[] = [];

  function keysOf({ keys, place }: PackedBatch): readonly string[] {
    const all = keys ?? (lists[place] as readonly string[]);
    if (place >= 0) lists[place] = all;
    return all;
  }

  return ({ changes, columns }) => {
    const keys = changes.map((change) => {
      const batch = packedOf(change);
      return batch === undefined ? [] : keysOf(batch);
    });
    let at = 0;
    let countsAt = columns.byteLength - keys.reduce((parts, own) => parts + own.length, 0) * 4;
    const take = (length: number) => {
      const column = new Float64Array(columns, at, length);
      at += length * 8;
      return column;
    };
    return changes.map((change, i) => {
      const batch = packedOf(change);
      if (batch === undefined) return change;
      const own = keys[i] as readonly string[];
      const counts = new Uint32Array(columns, countsAt, own.length);
      countsAt += own.length * 4;
      const { points: n, hasBatches } = batch;
      const steps = take(n);
      const times = take(n);
      const values = take(n);
      const points: SeriesBatch = { keys: own, counts, steps, times, values, batches: hasBatches ? take(n) : null };
      return { ...change, input: { ...(change.input as object), points } };
    });
  };
}

function batchOf({ kind, input }: Change): SeriesBatch | undefined {
  return kind === "runs.log" ? (input as ChangeInput<"runs.log">).points : undefined;
}

function packedOf({ kind, input }: Change): PackedBatch | undefined {
  return kind === "runs.log" ? (input as { readonly points?: PackedBatch }).points : undefined;
}
