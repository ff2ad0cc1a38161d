import { type ChangeInput, createKeyLists, type SeriesBatch } from "@cairn/core";
import type { Change } from "../shared/committer.ts";

type LogInput = ChangeInput<"runs.log">;
type Rest = Omit<LogInput, "id" | "points">;

/** Numbers in the head of a batch. */
const HEAD = 5;

export interface PackedChanges {
  /** Null for one that logs points: the next of those below. */
  readonly changes: readonly (Change | null)[];
  /** Of each that logs points its run, and who logged. */
  readonly runs: readonly string[];
  readonly authors: readonly string[];
  /** What else it logs, or null. */
  readonly rests: readonly (Rest | null)[];
  /** The lists of keys that were not sent before, in order. */
  readonly lists: readonly (readonly string[])[];
  /**
   * First the head of each batch: when it was logged, how many points it has, whether they have batches (1 or 0), the place
   * where both sides keep its keys (-1 = nowhere), and whether these are the next of the lists above (1 or 0). Then of each
   * in turn its steps, times, values and, if it has them, batches. All these are 8 bytes each; behind them the counts of all,
   * 4 bytes each. It is made for this message, so it may be transferred.
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
 * The names of an object's fields are cloned with each object, so what every request has goes without.
 */
export function createChangePacker(): ChangePacker {
  const known = createKeyLists();

  function pack(all: readonly Change[]): PackedChanges {
    const packed = { changes: [] as (Change | null)[], runs: [] as string[], authors: [] as string[] };
    const rests: (Rest | null)[] = [];
    const lists: (readonly string[])[] = [];
    let numbers = 0;
    let parts = 0;
    for (const change of all) {
      const batch = batchOf(change);
      packed.changes.push(batch === undefined ? change : null);
      if (batch === undefined) continue;
      const input = change.input as LogInput;
      packed.runs.push(input.id);
      packed.authors.push(change.author);
      rests.push(restOf(input));
      numbers += HEAD + batch.values.length * (batch.batches === null ? 3 : 4);
      parts += batch.keys.length;
    }
    const columns = new ArrayBuffer(numbers * 8 + parts * 4);
    const doubles = new Float64Array(columns, 0, numbers);
    const counts = new Uint32Array(columns, numbers * 8, parts);
    let head = 0;
    let at = rests.length * HEAD;
    let part = 0;
    for (const change of all) {
      const batch = batchOf(change);
      if (batch === undefined) continue;
      const { keys, steps, times, values, batches } = batch;
      const found = known.find(keys);
      if (found < 0) lists.push(keys);
      doubles[head] = change.at;
      doubles[head + 1] = values.length;
      doubles[head + 2] = batches === null ? 0 : 1;
      doubles[head + 3] = found < 0 ? known.keep(keys) : found;
      doubles[head + 4] = found < 0 ? 1 : 0;
      head += HEAD;
      at = put(doubles, steps, at);
      at = put(doubles, times, at);
      at = put(doubles, values, at);
      if (batches !== null) at = put(doubles, batches, at);
      part = put(counts, batch.counts, part);
    }
    return { ...packed, rests, lists, columns };
  }

  return { pack, forget: known.clear };
}

/** Element by element where there are few: a call of the engine's own costs as much as fifty of them. */
function put<T extends Float64Array | Uint32Array>(out: T, column: T, at: number): number {
  if (column.length > 32) out.set(column, at);
  else for (let i = 0; i < column.length; i++) out[at + i] = column[i] as number;
  return at + column.length;
}

/** The other side: gives what the packer was given, if it gets all of its messages in order. The columns are views of `columns`. */
export function createChangeUnpacker(): (packed: PackedChanges) => Change[] {
  const known: (readonly string[])[] = [];

  return ({ changes, runs, authors, rests, lists, columns }) => {
    const doubles = new Float64Array(columns, 0, columns.byteLength >> 3);
    const keys: (readonly string[])[] = [];
    let parts = 0;
    for (let i = 0, list = 0; i < runs.length; i++) {
      const place = doubles[i * HEAD + 3] as number;
      const isNew = doubles[i * HEAD + 4] === 1;
      const own = (isNew ? lists[list++] : known[place]) as readonly string[];
      if (place >= 0) known[place] = own;
      keys.push(own);
      parts += own.length;
    }
    let at = runs.length * HEAD;
    let countsAt = columns.byteLength - parts * 4;
    const take = (length: number) => {
      const column = new Float64Array(columns, at * 8, length);
      at += length;
      return column;
    };
    let index = 0;
    const next = (): Change => {
      const head = index * HEAD;
      const n = doubles[head + 1] as number;
      const own = keys[index] as readonly string[];
      const counts = new Uint32Array(columns, countsAt, own.length);
      countsAt += own.length * 4;
      const steps = take(n);
      const times = take(n);
      const values = take(n);
      const batches = doubles[head + 2] === 1 ? take(n) : null;
      const points: SeriesBatch = { keys: own, counts, steps, times, values, batches };
      const rest = rests[index];
      const id = runs[index] as string;
      const input = rest === null ? { id, points } : { id, ...rest, points };
      const change: Change = { kind: "runs.log", input, at: doubles[head] as number, author: authors[index] as string };
      index++;
      return change;
    };
    return changes.map((change) => change ?? next());
  };
}

function batchOf({ kind, input }: Change): SeriesBatch | undefined {
  return kind === "runs.log" ? (input as LogInput).points : undefined;
}

/** What a log has beside its points, if there is any. */
function restOf(input: LogInput): Rest | null {
  for (const name in input) {
    if (name === "id" || name === "points") continue;
    const { id: _, points: __, ...rest } = input;
    return rest;
  }
  return null;
}
