import {
  createEffort,
  decodeCursor,
  encodeCursor,
  type Position,
  type ReadTx,
  type RunSearch,
  type RunSearcher,
  runScope,
  type SeriesReader,
} from "@cairn/core";
import { compileChoice } from "./choose-runs.ts";
import { type ColumnView, createColumnCache, type SearchChanges } from "./column-cache.ts";
import { BLOCK, compileFilter } from "./filter.ts";
import { createHotMetrics, type HotMetrics } from "./hot-metrics.ts";
import { createSlotOrder, type SlotOrder } from "./slot-order.ts";
import { createTop, type Top } from "./top.ts";

export interface ColumnSearcherOptions {
  /** The connection's rows. Each search must run within one snapshot, and later searches see later ones. */
  readonly tx: ReadTx;
  /** For runs with points that are not sealed; not needed when `hot` is given. */
  readonly series: Pick<SeriesReader, "find">;
  /**
   * The change log: runs of which a row in runs, parameters, tags, runLabels, inputs or series was put or deleted by
   * a commit after `seq` (-1 at first: what it says then is not used).
   */
  readonly changedSince: (seq: number) => SearchChanges;
  readonly hot?: HotMetrics;
  /** What columns may take: 256 MiB by default. */
  readonly maxBytes?: number;
}

/**
 * Finds runs over columns in memory, built when they are first asked for. Filters and orders without touching rows;
 * cost follows the number of runs at some nanoseconds each, and a page deep in the list costs as the first does.
 */
export function createColumnSearcher(options: ColumnSearcherOptions): RunSearcher {
  const { tx, series, changedSince, hot = createHotMetrics(tx, series), maxBytes = 256 * 2 ** 20 } = options;
  const cache = createColumnCache({ tx, changedSince, hot, maxBytes });
  const selection = new Int32Array(BLOCK);
  return {
    search(search) {
      const scope = runScope(search);
      const after = search.cursor === null ? null : decodeCursor(search.cursor, scope, search.order.length);
      const view = cache.view();
      const order = createSlotOrder(search.order, view, after);
      const found =
        search.order.length === 0
          ? findNewest(tx, search, view, after, selection)
          : findFirst(tx, search, view, order, after, selection);
      const slots = found.slice(0, search.limit);
      const last = slots[slots.length - 1];
      return {
        rows: slots.map((slot) => view.spine.rows[slot] as number),
        next: found.length > search.limit && last !== undefined ? encodeCursor(scope, order.position(last)) : null,
      };
    },
  };
}

/** Without an order slots themselves are the order: walks down from the cursor until the page and one more is full. */
function findNewest(
  tx: ReadTx,
  search: RunSearch,
  view: ColumnView,
  after: Position | null,
  selection: Int32Array,
): number[] {
  const { spine } = view;
  const walk = createWalk(tx, search, view, selection);
  const found: number[] = [];
  let from = after === null ? spine.size - 1 : firstBelow(view, after.row);
  // The first block is small: mostly the page is among the newest.
  for (let size = 256; from >= 0 && found.length <= search.limit; size = BLOCK) {
    const count = walk(from, Math.max(0, from - size + 1));
    for (let i = 0; i < count && found.length <= search.limit; i++) found.push(selection[i] as number);
    from -= size;
  }
  return found;
}

/** The youngest slot whose run is older than the row. */
function firstBelow(view: ColumnView, row: number): number {
  const { rows, size } = view.spine;
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function findFirst(
  tx: ReadTx,
  search: RunSearch,
  view: ColumnView,
  order: SlotOrder,
  after: Position | null,
  selection: Int32Array,
): number[] {
  const walk = createWalk(tx, search, view, selection);
  const top = createTop(search.limit + 1, order.compare);
  const offer = compileOffer(order, top, after);
  for (let from = view.spine.size - 1; from >= 0; from -= BLOCK) {
    offer(selection, walk(from, Math.max(0, from - BLOCK + 1)));
  }
  return top.sorted();
}

/**
 * Offers to the top what comes after the cursor. Slots whose place lies outside what is wanted are passed over by one
 * comparison of numbers; a bound that is not known is NaN, which nothing is below or above.
 */
function compileOffer(
  order: SlotOrder,
  top: Top,
  after: Position | null,
): (selection: Int32Array, count: number) => void {
  const { places, compareToCursor } = order;
  const offer = (slot: number) => {
    if (compareToCursor === null || compareToCursor(slot) > 0) top.offer(slot);
  };
  if (places === null) {
    return (selection, count) => {
      for (let i = 0; i < count; i++) offer(selection[i] as number);
    };
  }
  const { values, at, present, sign } = places;
  const low = after === null ? Number.NaN : places.of(after.keys[0] ?? null);
  const placeOf = (slot: number) => {
    if (slot < 0 || (present !== null && present[slot] === 0)) return Number.NaN;
    return sign * (values[at === null ? slot : (at[slot] as number)] as number);
  };
  return (selection, count) => {
    let high = placeOf(top.last);
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      const place = placeOf(slot);
      if (place < low || place > high) continue;
      offer(slot);
      high = placeOf(top.last);
    }
  };
}

/** Chooses and filters one block of slots into the selection; gives how many are left, the newest first. */
function createWalk(
  tx: ReadTx,
  search: RunSearch,
  view: ColumnView,
  selection: Int32Array,
): (from: number, to: number) => number {
  const choose = compileChoice(tx, view.spine, search);
  if (search.filter === null) return (from, to) => choose(from, to, selection);
  const filter = compileFilter(search.filter, view, createEffort());
  return (from, to) => filter(selection, choose(from, to, selection));
}
