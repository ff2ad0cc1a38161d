import { type KeyKind, type ReadTx, typeBitOf } from "@cairn/core";

/** What runs have of one kind, as small numbers. */
export interface KeySource {
  /** Whether many runs have the same. */
  readonly shares: boolean;
  readonly bytes: number;
  /** Calls `put` for every item of the runs from row `from` up to and including `to`, in order of row numbers. */
  readRange(tx: ReadTx, from: number, to: number, put: (run: number, item: number) => void): void;
}

/** A parameter and one of its values. */
export interface Pair {
  readonly name: number;
  /** How long the group at the beginning of the key is. */
  readonly group: number;
  readonly type: number;
}

export interface PairSource extends KeySource {
  readonly pairs: readonly Pair[];
}

export interface TextSource extends KeySource {
  readonly texts: readonly string[];
}

/** Rows that one read brings into memory at a time. */
const BATCH = 20_000;

/** Names of tags, or of series. */
export function nameSource(kind: Extract<KeyKind, "tags" | "metrics">): KeySource {
  return {
    shares: true,
    bytes: 0,
    readRange(tx, from, to, put) {
      const read = (bounds: { from?: number; to?: number; limit?: number; prefix: number[] }) =>
        kind === "tags"
          ? tx.pick("tags", ["run", "name"], bounds)
          : tx.pick("series", ["run", "name"], { index: "byRun", ...bounds });
      // A cleared series keeps its row under a name below 0 until its points are taken away.
      eachRow(read, from, to, ({ run, name }) => name >= 0 && put(run, name));
    },
  };
}

export function labelSource(): TextSource {
  const codes = new Map<string, number>();
  const texts: string[] = [];
  return {
    shares: true,
    texts,
    get bytes() {
      return 120 * texts.length;
    },
    readRange(tx, from, to, put) {
      eachRow(
        (bounds) => tx.list("runLabels", bounds),
        from,
        to,
        ({ run, label }) => {
          let code = codes.get(label);
          if (code === undefined) {
            code = texts.push(label) - 1;
            codes.set(label, code);
          }
          put(run, code);
        },
      );
    },
  };
}

/** Parameters with their values, of which only a hash is kept: they are counted, not shown. */
export function pairSource(): PairSource {
  const codes = new Map<number, number>();
  const pairs: Pair[] = [];
  return {
    shares: false,
    pairs,
    get bytes() {
      return 100 * pairs.length;
    },
    readRange(tx, from, to, put) {
      const read = (bounds: { from?: number; to?: number; limit?: number; prefix: number[] }) =>
        tx.list("parameters", bounds);
      eachRow(read, from, to, ({ run, name, group, value }) => {
        const hash = hashOf(name, group.length, value);
        let code = codes.get(hash);
        if (code === undefined) {
          code = pairs.push({ name, group: group.length, type: typeBitOf(value) }) - 1;
          codes.set(hash, code);
        }
        put(run, code);
      });
    },
  };
}

/** Visits rows by run in batches; a run whose rows end a batch may go on in the next, so it is read again there. */
function eachRow<R extends { readonly run: number }>(
  read: (bounds: { from?: number; to?: number; limit?: number; prefix: number[] }) => readonly R[],
  first: number,
  last: number,
  visit: (row: R) => void,
): void {
  for (let from = first; from <= last; ) {
    const batch = read({ prefix: [], from, to: last + 1, limit: BATCH });
    const open = batch.length < BATCH ? last + 1 : (batch.at(-1) as R).run;
    const isOneRun = batch[0]?.run === open;
    for (const row of isOneRun ? read({ prefix: [open] }) : batch) {
      if (!isOneRun && row.run === open) break;
      visit(row);
    }
    from = isOneRun ? open + 1 : open;
  }
}

/** 53 bits of a text's hash: two of FNV-1a's kind with different beginnings. */
function hashOf(name: number, group: number, value: string): number {
  let high = Math.imul(name ^ 0x9e3779b1, 0x85ebca6b) ^ group;
  let low = Math.imul(name ^ 0x811c9dc5, 0x01000193) ^ (group << 16);
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
