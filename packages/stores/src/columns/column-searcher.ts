import {
  decodeCursor,
  encodeCursor,
  type Found,
  type Position,
  type ReadTx,
  type RunSearch,
  type RunSearcher,
  runScope,
  type SeriesReader,
} from "@cairn/core";
import { type ColumnView, createColumnCache, type SearchChanges } from "./column-cache.ts";
import { countKeysOf } from "./count-keys.ts";
import { createFirst } from "./find-first.ts";
import { groupSlots } from "./group-slots.ts";
import { createHotMetrics, type HotMetrics } from "./hot-metrics.ts";
import { createOrderCache, type OrderCache } from "./order-cache.ts";
import { createSlotOrder, type SlotOrder } from "./slot-order.ts";
import { sortSlots } from "./sort-slots.ts";
import { createWalk, type Walk } from "./walk.ts";

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
  /** What columns may take: 256 MiB by default. Whole orders may take an eighth of it beside them. */
  readonly maxBytes?: number;
  /** Rows of an order that a heap passes over (1000 by default); a window further down is cut from the whole order. */
  readonly near?: number;
}

/**
 * Finds runs over columns in memory, built when they are first asked for. Filters and orders without touching rows;
 * cost follows the number of runs at some nanoseconds each, and a page deep in the list costs as the first does.
 */
export function createColumnSearcher(options: ColumnSearcherOptions): RunSearcher {
  const {
    tx,
    series,
    changedSince,
    hot = createHotMetrics(tx, series),
    maxBytes = 256 * 2 ** 20,
    near = 1000,
  } = options;
  const cache = createColumnCache({ tx, changedSince, hot, maxBytes });
  const orders = createOrderCache(maxBytes / 8);
  return {
    keys(choice, kinds) {
      const view = cache.view();
      return countKeysOf(tx, view, createWalk(tx, choice, view).all(), kinds);
    },
    groups(choice, by, metrics) {
      const view = cache.view();
      const slots = createWalk(tx, choice, view).all();
      return { runs: slots.length, groups: groupSlots(view, slots, by, metrics) };
    },
    search(search) {
      const scope = runScope(search);
      const after = search.cursor === null ? null : decodeCursor(search.cursor, scope, search.order.length);
      const view = cache.view();
      const order = createSlotOrder(search.order, view, after);
      const walk = createWalk(tx, search, view);
      const { slots, total } = findPage({ search, view, order, walk, after, orders, scope, near });
      const page = slots.slice(0, search.limit);
      const last = page[page.length - 1];
      return {
        rows: Array.from(page, (slot) => view.spine.rows[slot] as number),
        next: slots.length > search.limit && last !== undefined ? encodeCursor(scope, order.position(last)) : null,
        ...(search.count && { total }),
      } satisfies Found;
    },
  };
}

interface Page {
  readonly search: RunSearch;
  readonly view: ColumnView;
  readonly order: SlotOrder;
  readonly walk: Walk;
  readonly after: Position | null;
  readonly orders: OrderCache;
  readonly scope: string;
  readonly near: number;
}

/** The page's slots and one more if there is one; how many match in all, as far as the search asks for it. */
function findPage(page: Page): { readonly slots: Int32Array | readonly number[]; readonly total: number } {
  const { search, order, walk, after, near } = page;
  const { offset = 0, limit } = search;
  const wanted = offset + limit + 1;
  const whole = offset > near ? (findWhole(page) ?? sortWhole(page)) : findWhole(page);
  if (whole !== undefined) return cutPage(whole, page);
  if (search.order.length === 0) return findNewest(page, wanted);
  const first = createFirst(order, after, wanted);
  const total = walk.each(first.offer, undefined, first.isLosing);
  return first.isLosing() ? cutPage(sortWhole(page), page) : { slots: first.sorted().slice(offset), total };
}

/** All that match, in their order, if it was sorted before and nothing has changed since. */
function findWhole({ orders, scope, view, walk }: Page): Int32Array | undefined {
  return orders.has(scope) ? orders.find(scope, `${view.version} ${walk.stamp()}`) : undefined;
}

function sortWhole({ search, orders, scope, view, walk, order }: Page): Int32Array {
  const slots = search.order.length === 0 ? walk.all() : sortSlots(walk.all(), order);
  orders.keep(scope, `${view.version} ${walk.stamp()}`, slots);
  return slots;
}

function cutPage(whole: Int32Array, { search, order }: Page): { slots: Int32Array; total: number } {
  const from = order.compareToCursor === null ? (search.offset ?? 0) : firstBehind(whole, order.compareToCursor);
  return { slots: whole.subarray(from, from + search.limit + 1), total: whole.length };
}

/** The place of the first slot that comes after the cursor. */
function firstBehind(whole: Int32Array, compareToCursor: (slot: number) => number): number {
  let low = 0;
  let high = whole.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareToCursor(whole[middle] as number) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Without an order slots themselves are the order: walks down from the cursor until there are enough. */
function findNewest({ search, view, walk, after }: Page, wanted: number): { slots: number[]; total: number } {
  const found: number[] = [];
  const start = after === null ? view.spine.size - 1 : firstBelow(view, after.row);
  const visit = (selection: Int32Array, count: number) => {
    for (let i = 0; i < count && found.length < wanted; i++) {
      const slot = selection[i] as number;
      if (slot <= start) found.push(slot);
    }
  };
  const total = search.count ? walk.each(visit) : walk.each(visit, start, () => found.length >= wanted);
  return { slots: found.slice(search.offset ?? 0), total };
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
