import { layouts, type TableLayout } from "../shared/layout.ts";

/** Grows by one with each change of the tables; `user_version` in the file says which one it was made with. */
export const SCHEMA_VERSION = 1;

const sqlTypes = { int: "INTEGER", real: "REAL", text: "TEXT", blob: "BLOB" } as const;

/**
 * The adapter's own table: runs whose searchable fields changed, numbered in commit order. Whoever keeps search columns
 * reads on from the number it has seen. Numbers never come back, though old rows are trimmed.
 */
const searchLog = `CREATE TABLE "searchLog" (
  "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
  "run" INTEGER NOT NULL
) STRICT;
`;

/** The statements that make an empty file ours, one object each, in core's order. `schema.txt` shows them. */
export function buildSqliteSchema(): string {
  return [...[...layouts.values()].map(buildTable), searchLog].join("\n");
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** True if the table's one key column is SQLite's own row id. */
export function hasIntegerKey(layout: TableLayout): boolean {
  const [first, ...rest] = layout.key;
  return rest.length === 0 && layout.columns.find((column) => column.name === first)?.type === "int";
}

/** True if rows lie in the key's own tree (no row id). */
export function isClustered(layout: TableLayout): boolean {
  return !hasIntegerKey(layout) && !layout.wide;
}

function buildTable(layout: TableLayout): string {
  const byRowid = hasIntegerKey(layout);
  const lines = layout.columns.map(({ name, type, nullable }) => {
    const primary = byRowid && name === layout.key[0] ? " PRIMARY KEY" : "";
    return `${quote(name)} ${sqlTypes[type]}${nullable ? "" : " NOT NULL"}${primary}`;
  });
  if (isClustered(layout)) lines.push(`PRIMARY KEY (${list(layout.key)})`);
  const statements = [
    `CREATE TABLE ${quote(layout.name)} (\n  ${lines.join(",\n  ")}\n) STRICT${isClustered(layout) ? ", WITHOUT ROWID" : ""};`,
  ];
  if (layout.wide && !byRowid) statements.push(buildIndex(layout, "key", layout.key, true));
  for (const index of layout.indexes) {
    // Only a table without row id, or one keyed by it, adds the key to its indexes by itself.
    const columns = layout.wide && !index.unique ? index.order : index.columns;
    statements.push(buildIndex(layout, index.name, columns, index.unique));
  }
  return `${statements.join("\n")}\n`;
}

function buildIndex(layout: TableLayout, name: string, columns: readonly string[], unique: boolean): string {
  const title = quote(`${layout.name}_${name}`);
  return `CREATE ${unique ? "UNIQUE " : ""}INDEX ${title} ON ${quote(layout.name)} (${list(columns)});`;
}

function list(columns: readonly string[]): string {
  return columns.map(quote).join(", ");
}
