import { orderOf, type TableLayout } from "../shared/layout.ts";
import { isClustered, quote } from "./schema.ts";

/** What a range's statement depends on; its values are bound. */
export interface RangeShape {
  readonly index: string | undefined;
  readonly prefix: number;
  readonly from: boolean;
  readonly after: boolean;
  readonly to: boolean;
  readonly reverse: boolean;
  readonly limit: boolean;
}

/** `SELECT columns FROM table …` for one row by its key. */
export function buildGet(layout: TableLayout): string {
  return `SELECT ${columnList(layout)} FROM ${quote(layout.name)} WHERE ${equal(layout.key)}`;
}

/** Values are bound in this order: prefix, from, after, to, limit. */
export function buildList(layout: TableLayout, columns: readonly string[], shape: RangeShape): string {
  return `SELECT ${columns.map(quote).join(", ")} FROM ${quote(layout.name)}${where(layout, shape)}${order(layout, shape)}${limit(shape)}`;
}

export function buildCount(layout: TableLayout, shape: RangeShape): string {
  const rows = `FROM ${quote(layout.name)}${where(layout, shape)}`;
  return shape.limit ? `SELECT count(*) FROM (SELECT 1 ${rows}${limit(shape)})` : `SELECT count(*) ${rows}`;
}

/** Deletes a stretch of the key's order, from its beginning when limited. */
export function buildClear(layout: TableLayout, shape: RangeShape): string {
  const table = quote(layout.name);
  if (!shape.limit) return `DELETE FROM ${table}${where(layout, shape)}`;
  const name = isClustered(layout) ? layout.key.map(quote).join(", ") : "rowid";
  const picked = `SELECT ${name} FROM ${table}${where(layout, shape)}${order(layout, shape)}${limit(shape)}`;
  return `DELETE FROM ${table} WHERE (${name}) IN (${picked})`;
}

export function buildDelete(layout: TableLayout): string {
  return `DELETE FROM ${quote(layout.name)} WHERE ${equal(layout.key)}`;
}

/**
 * Inserts, or overwrites the row with the same key if that leaves the columns of its indexes as they are: then no index
 * is touched, which halves the price. Changes nothing, and says so, when they differ; null for a table without indexes.
 */
export function buildPutBeside(layout: TableLayout): string | null {
  const indexed = layout.indexes.flatMap((index) => index.columns).filter((column) => !layout.key.includes(column));
  if (indexed.length === 0 || layout.key.length + indexed.length === layout.columns.length) return null;
  const same = [...new Set(indexed)].map((column) => `${quote(column)} = excluded.${quote(column)}`).join(" AND ");
  return `${buildPut(layout, indexed)} WHERE ${same}`;
}

/**
 * Inserts, or overwrites the row with the same key. Not `OR REPLACE`, which would silently remove the row that is in the
 * way in another unique index.
 */
export function buildPut(layout: TableLayout, kept: readonly string[] = []): string {
  const others = layout.columns.filter((column) => !layout.key.includes(column.name) && !kept.includes(column.name));
  const sets = others.map((column) => `${quote(column.name)} = excluded.${quote(column.name)}`).join(", ");
  const key = layout.key.map(quote).join(", ");
  const values = layout.columns.map(() => "?").join(", ");
  const conflict = others.length === 0 ? "DO NOTHING" : `DO UPDATE SET ${sets}`;
  return `INSERT INTO ${quote(layout.name)} (${columnList(layout)}) VALUES (${values}) ON CONFLICT (${key}) ${conflict}`;
}

function columnList(layout: TableLayout): string {
  return layout.columns.map((column) => quote(column.name)).join(", ");
}

function equal(columns: readonly string[]): string {
  return columns.map((column) => `${quote(column)} = ?`).join(" AND ");
}

function where(layout: TableLayout, shape: RangeShape): string {
  const columns = orderOf(layout, shape.index);
  const terms = columns.slice(0, shape.prefix).map((column) => `${quote(column)} = ?`);
  const bounds = [
    { used: shape.from, sign: ">=" },
    { used: shape.after, sign: ">" },
    { used: shape.to, sign: "<" },
  ].filter((bound) => bound.used);
  if (shape.prefix > columns.length || (bounds.length > 0 && shape.prefix === columns.length)) {
    throw new Error("a range bounds a column behind the last one of its order");
  }
  for (const { sign } of bounds) terms.push(`${quote(columns[shape.prefix] ?? "")} ${sign} ?`);
  return terms.length === 0 ? "" : ` WHERE ${terms.join(" AND ")}`;
}

/** Columns fixed by the prefix are left out: they say nothing, and SQLite would not always see that. */
function order(layout: TableLayout, shape: RangeShape): string {
  const columns = orderOf(layout, shape.index).slice(shape.prefix);
  if (columns.length === 0) return "";
  return ` ORDER BY ${columns.map((column) => `${quote(column)}${shape.reverse ? " DESC" : ""}`).join(", ")}`;
}

/** A plain `LIMIT ?` makes SQLite compile the statement anew with each value, which costs six times the look-up. */
function limit(shape: RangeShape): string {
  return shape.limit ? " LIMIT +?" : "";
}
