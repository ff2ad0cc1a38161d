import { formatField, formatOrder, type Order, parseOrder, type TableColumns } from "@cairn/core";
import { containsText } from "../../lib/filter-text.ts";
import { formatColumns, parseColumns, type ShownColumn } from "../../parts/runs/columns/column-list.ts";
import { columnText, fieldTextOf, type RunColumn } from "../../parts/runs/columns/run-column.ts";
import type { SortKey } from "../../ui/table/table-types.ts";

/** What the tracker's address says. */
export interface TrackerView {
  readonly q: string;
  readonly name: string;
  readonly order: string;
  /** undefined: all that runs have. */
  readonly columns: readonly ShownColumn[] | undefined;
}

type SearchText = Readonly<Record<string, string | undefined>>;

/** Reads an address; nonsense is as if it were not there. */
export function parseTracker({ q = "", name = "", order = "", columns = "" }: SearchText): TrackerView {
  const parsed = parseColumns(columns);
  return { q, name, order: isOrder(order) ? order : "", columns: parsed.length === 0 ? undefined : parsed };
}

/** The address that says so. */
export function trackerText({ q, name, order, columns }: TrackerView): SearchText {
  return {
    q: q === "" ? undefined : q,
    name: name === "" ? undefined : name,
    order: order === "" ? undefined : order,
    columns: columns === undefined ? undefined : formatColumns(columns),
  };
}

function isOrder(text: string): boolean {
  try {
    return parseOrder(text).length >= 0;
  } catch {
    return false;
  }
}

/** The query and the part of a name, both. */
export function trackerFilter({ q, name }: TrackerView): string {
  const parts = [q.trim(), name.trim() === "" ? "" : `name ILIKE ${containsText(name.trim())}`].filter(Boolean);
  return parts.length < 2 ? (parts[0] ?? "") : parts.map((part) => `(${part})`).join(" AND ");
}

/** More columns than these are a choice. */
const MOST_OF_A_KIND = 40;

/** The seeds' table: what a run is, every parameter, then every metric's last value. */
export function trackerColumns(known: TableColumns): readonly ShownColumn[] {
  const own = ["state", "experiment", "created"] as const;
  const columns: readonly RunColumn[] = [
    ...own.map((name): RunColumn => ({ kind: "attribute", name })),
    ...known.parameters.slice(0, MOST_OF_A_KIND).map(({ key }): RunColumn => ({ kind: "parameter", key })),
    ...known.metrics.slice(0, MOST_OF_A_KIND).map(({ key }): RunColumn => ({ kind: "metric", key, stat: "latest" })),
    ...(known.labels.length > 0 ? [{ kind: "label" } as const] : []),
  ];
  return [
    { column: { kind: "attribute", name: "name" }, isPinned: true },
    ...columns.map((column): ShownColumn => ({ column, isPinned: false })),
  ];
}

/** The columns that an order goes by. */
export function sortKeys(order: string, columns: readonly ShownColumn[]): readonly SortKey[] {
  const byField = new Map(columns.map(({ column }) => [fieldTextOf(column), columnText(column)]));
  return parseOrder(order).map(({ field, descending }) => {
    const text = formatField(field);
    return { key: byField.get(text) ?? text, descending };
  });
}

/** The reverse of `sortKeys`. */
export function orderText(keys: readonly SortKey[], columns: readonly ShownColumn[]): string {
  const byKey = new Map(columns.map(({ column }) => [columnText(column), fieldTextOf(column)]));
  const orders = keys.flatMap(({ key, descending }): Order[] => {
    const [order] = parseOrder(byKey.get(key) ?? key);
    return order === undefined ? [] : [{ ...order, descending }];
  });
  return formatOrder(orders);
}
