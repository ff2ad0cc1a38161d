import { formatField, formatOrder, type Order, parseOrder } from "@cairn/core";
import { containsText } from "../../lib/filter-text.ts";
import { formatColumns, parseColumns, type ShownColumn } from "../../parts/runs/columns/column-list.ts";
import { columnText, fieldTextOf, parseColumn, type RunColumn } from "../../parts/runs/columns/run-column.ts";
import type { SortKey } from "../../ui/table/table-types.ts";

export type Tab = "table" | "charts" | "both";

/** Which runs the charts show: the first so many rows, without some, and some more. */
export interface ShownRuns {
  readonly first: number;
  readonly hidden: readonly string[];
  readonly more: readonly string[];
}

/** All that a person arranged on the screen of an experiment: what its address says. */
export interface ExperimentView {
  /** A query text. */
  readonly q: string;
  /** A part of the name. */
  readonly name: string;
  /** An order text. */
  readonly order: string;
  /** undefined: the usual columns. */
  readonly columns: readonly ShownColumn[] | undefined;
  readonly group: RunColumn | undefined;
  /** The marks of opened groups (`group-rows.ts`). */
  readonly opened: readonly string[];
  /** undefined: both where there is room, else the table. */
  readonly tab: Tab | undefined;
  /** The table's part of the width, in percent. */
  readonly split: number;
  readonly shown: ShownRuns;
  readonly isTrash: boolean;
  readonly selected: readonly string[];
}

type Texts = Readonly<Record<string, string | undefined>>;

export const FIRST_SHOWN = 10;
export const MOST_SHOWN = 100;
/** More selected runs than these are not kept in the address. */
export const MOST_IN_ADDRESS = 50;
/** More groups are not open at a time: the address stays short. */
export const MOST_OPENED = 50;
const SPLIT = 50;
const tabs: readonly string[] = ["table", "charts", "both"] satisfies Tab[];

/** Reads an address. What makes no sense is as if it were not there: people edit and cut addresses. */
export function parseView(search: Texts): ExperimentView {
  const whole = (text: string | undefined, least: number, most: number, usual: number) => {
    const value = text === undefined || text === "" ? Number.NaN : Number(text);
    return Number.isFinite(value) ? Math.round(Math.min(most, Math.max(least, value))) : usual;
  };
  const columns = parseColumns(search["columns"] ?? "");
  const column = parseColumn(search["group"] ?? "");
  const group = column?.kind === "metric" ? undefined : column;
  return {
    q: search["q"] ?? "",
    name: search["name"] ?? "",
    order: isOrder(search["order"] ?? "") ? (search["order"] ?? "") : "",
    columns: columns.length === 0 ? undefined : columns,
    group,
    opened: group === undefined ? [] : readMarks(search["open"]).slice(-MOST_OPENED),
    tab: tabs.includes(search["tab"] ?? "") ? (search["tab"] as Tab) : undefined,
    split: whole(search["split"], 15, 85, SPLIT),
    shown: {
      first: whole(search["first"], 0, MOST_SHOWN, FIRST_SHOWN),
      hidden: readIds(search["hidden"]),
      more: readIds(search["more"]).slice(0, MOST_SHOWN),
    },
    isTrash: search["trash"] === "1",
    selected: readIds(search["sel"]),
  };
}

/** The reverse: each of the view's keys, undefined where it is as usual. Keys of the charts are none of ours and stay out. */
export function viewSearch(view: ExperimentView): Record<string, string | undefined> {
  const text = (value: string) => (value === "" ? undefined : value);
  const { shown } = view;
  return {
    q: text(view.q),
    name: text(view.name),
    order: text(view.order),
    columns: view.columns === undefined ? undefined : formatColumns(view.columns),
    group: view.group === undefined ? undefined : columnText(view.group),
    open: view.group === undefined ? undefined : text(view.opened.join(",")),
    tab: view.tab,
    split: view.split === SPLIT ? undefined : String(view.split),
    first: shown.first === FIRST_SHOWN ? undefined : String(shown.first),
    hidden: text(shown.hidden.join(",")),
    more: text(shown.more.join(",")),
    trash: view.isTrash ? "1" : undefined,
    sel: view.selected.length > MOST_IN_ADDRESS ? undefined : text(view.selected.join(",")),
  };
}

function readIds(text: string | undefined): string[] {
  return [...new Set((text ?? "").split(",").filter((id) => /^[0-9a-f]{32}$/.test(id)))];
}

function readMarks(text: string | undefined): string[] {
  return [...new Set((text ?? "").split(",").filter((mark) => /^[0-9a-z]{1,7}$/.test(mark)))];
}

/** Opens or shuts a group; the one opened longest ago falls shut when there are too many. */
export function toggleOpened(opened: readonly string[], mark: string): readonly string[] {
  const rest = opened.filter((one) => one !== mark);
  return rest.length < opened.length ? rest : [...rest, mark].slice(-MOST_OPENED);
}

function isOrder(text: string): boolean {
  try {
    return parseOrder(text).length >= 0;
  } catch {
    return false;
  }
}

/** The filter that the view asks for: its query and its part of a name, both. */
export function filterOf({ q, name }: Pick<ExperimentView, "q" | "name">): string {
  const parts = [q.trim() === "" ? "" : q, name.trim() === "" ? "" : `name ILIKE ${containsText(name.trim())}`];
  return joinFilters(parts);
}

/** Filters that must all hold. */
export function joinFilters(filters: readonly string[]): string {
  const parts = filters.filter((filter) => filter !== "");
  return parts.length < 2 ? (parts[0] ?? "") : parts.map((part) => `(${part})`).join(" AND ");
}

/** Which columns an order goes by, in the words of the table. Fields without a column are named by their field's text. */
export function sortKeysOf(order: string, columns: readonly ShownColumn[]): readonly SortKey[] {
  const byField = new Map(columns.map(({ column }) => [fieldTextOf(column), columnText(column)]));
  return parseOrder(order).map(({ field, descending }) => {
    const text = formatField(field);
    return { key: byField.get(text) ?? text, descending };
  });
}

/** The reverse of `sortKeysOf`. */
export function orderOf(keys: readonly SortKey[], columns: readonly ShownColumn[]): string {
  const byKey = new Map(columns.map(({ column }) => [columnText(column), fieldTextOf(column)]));
  const orders = keys.flatMap(({ key, descending }): Order[] => {
    const [order] = parseOrder(byKey.get(key) ?? key);
    return order === undefined ? [] : [{ ...order, descending }];
  });
  return formatOrder(orders);
}

/** Whether a run is drawn in charts. `isFirst`: it is one of the first `shown.first` rows. */
export function isShown(shown: ShownRuns, id: string, isFirst: boolean): boolean {
  return shown.more.includes(id) || (isFirst && !shown.hidden.includes(id));
}

/** The eye of a run was pressed. */
export function toggleShown(shown: ShownRuns, id: string, isFirst: boolean): ShownRuns {
  const hidden = shown.hidden.filter((one) => one !== id);
  const more = shown.more.filter((one) => one !== id);
  if (isShown(shown, id, isFirst)) return { ...shown, more, hidden: isFirst ? [...hidden, id] : hidden };
  return { ...shown, hidden, more: isFirst ? more : [...more, id].slice(-MOST_SHOWN) };
}
