import type { Field, KeyKind, ReadTx } from "@cairn/core";
import { buildColumn } from "./build-column.ts";
import type { Column, Followed } from "./column.ts";
import type { HotMetrics, HotRun } from "./hot-metrics.ts";
import { createKeySets, type KeySets } from "./key-sets.ts";
import type { MetricColumn } from "./metric-column.ts";
import { buildSpine, type Spine } from "./spine.ts";

/** What changed after a number of the change log, within the present snapshot. */
export interface SearchChanges {
  /** The log's number now. */
  readonly seq: number;
  /** Row numbers of runs of which a row changed since; "all" when the log does not reach back so far. */
  readonly runs: readonly number[] | "all";
}

/** Columns of one moment. */
export interface ColumnView {
  readonly spine: Spine;
  column(field: Field): Column;
  keySets(kind: KeyKind): KeySets;
  /** Another number whenever what the columns asked for so far hold may have changed. */
  readonly version: number;
}

interface Entry {
  readonly column: Followed;
  /** How much of `changed` it has seen. */
  seen: number;
}

/**
 * Keeps columns between searches: builds one when it is first asked for, brings it up to date by the change log, and
 * lets go of those longest unused when all take more than `maxBytes`.
 */
export function createColumnCache(options: {
  readonly tx: ReadTx;
  readonly changedSince: (seq: number) => SearchChanges;
  readonly hot: HotMetrics;
  readonly maxBytes: number;
}): { /** Call once in each snapshot; snapshots never go back. */ view(): ColumnView } {
  const { tx, changedSince, hot, maxBytes } = options;
  const entries = new Map<string, Entry>();
  let spine: Spine | null = null;
  let seq = -1;
  /** Slots that changed, in order: every column reads on from where it stands. */
  let changed: number[] = [];
  let version = 0;

  function reset(): Spine {
    entries.clear();
    changed = [];
    version++;
    spine = buildSpine(tx);
    return spine;
  }

  /** Brings the spine up to now and notes what columns have to read anew. */
  function sync(): Spine {
    const news = changedSince(seq);
    const { runs } = news;
    const isEarlier = news.seq < seq;
    seq = news.seq;
    if (spine === null || runs === "all" || isEarlier) return reset();
    if (runs.length > 0) version++;
    for (const run of runs) {
      const slot = spine.refresh(tx, run);
      if (slot === -2) return reset();
      if (slot >= 0) changed.push(slot);
    }
    if (spine.gone > 1024 && spine.gone > spine.size / 2) return reset();
    const limit = Math.max(4096, spine.size / 4);
    if (changed.length > limit) {
      for (const [name, entry] of entries) if (changed.length - entry.seen > limit / 2) entries.delete(name);
      for (const entry of entries.values()) catchUp(entry, spine);
      for (const entry of entries.values()) entry.seen = 0;
      changed = [];
    }
    return spine;
  }

  function catchUp(entry: Entry, spine: Spine): void {
    if (entry.seen === changed.length) return;
    entry.column.grow(spine.size);
    entry.column.refresh(tx, spine, new Set(changed.slice(entry.seen)));
    entry.seen = changed.length;
  }

  /** What is kept under the name, up to date; built if there is none. */
  function prepare<F extends Followed>(name: string, spine: Spine, build: () => F): F {
    let entry = entries.get(name);
    if (entry !== undefined) catchUp(entry, spine);
    if (entry === undefined || entry.column.isWorn) entry = { column: build(), seen: changed.length };
    entries.delete(name);
    entries.set(name, entry);
    // A name stands for one sort of column alone.
    return entry.column as F;
  }

  /** The longest unused come first in the map; those of the present search stay. */
  function evict(used: ReadonlySet<string>): void {
    let bytes = 0;
    for (const { column } of entries.values()) bytes += column.bytes;
    for (const [name, { column }] of entries) {
      if (bytes <= maxBytes) return;
      if (used.has(name)) continue;
      bytes -= column.bytes;
      entries.delete(name);
    }
  }

  return {
    view() {
      const spine = sync();
      const used = new Set<string>();
      const columns = new Map<string, Column>();
      let hotRuns: readonly HotRun[] | null = null;
      return {
        spine,
        get version() {
          return version;
        },
        column(field) {
          const name = JSON.stringify(fieldParts(field));
          const known = columns.get(name);
          if (known !== undefined) return known;
          const column = prepare<Column | MetricColumn>(name, spine, () => buildColumn(tx, spine, field));
          if ("overlay" in column) {
            hotRuns ??= hot.list();
            if (column.overlay(spine, hot, hotRuns)) version++;
          }
          columns.set(name, column);
          used.add(name);
          evict(used);
          return column;
        },
        keySets(kind) {
          const name = `keys of ${kind}`;
          const sets = prepare(name, spine, () => createKeySets(kind));
          sets.grow(spine.size);
          used.add(name);
          evict(used);
          return sets;
        },
      };
    },
  };
}

/** The same for equal fields, whatever the order of their properties. */
function fieldParts(field: Field): readonly string[] {
  switch (field.kind) {
    case "metric":
      return [field.kind, field.key, field.stat];
    case "parameter":
    case "tag":
      return [field.kind, field.key];
    case "label":
    case "point":
      return [field.kind];
    default:
      return [field.kind, field.name];
  }
}
