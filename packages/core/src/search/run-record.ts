import { findName } from "../runs/names.ts";
import type { RunRow } from "../runs/rows.ts";
import { decodeValue } from "../runs/values.ts";
import type { SeriesReader } from "../series/port.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Literal } from "./query.ts";
import type { SearchRecord } from "./record.ts";

/** The columns of a run's row from which attributes are read. */
export type RunColumns = keyof RunRow;

const columnsOf: Readonly<Record<string, readonly RunColumns[]>> = {
  id: ["id"],
  name: ["name"],
  state: ["state"],
  author: ["author"],
  error: ["error"],
  experiment: ["experiment"],
  attempt: ["attempt"],
  created: ["createdAt"],
  started: ["startedAt"],
  ended: ["endedAt"],
  heartbeat: ["heartbeatAt"],
  duration: ["startedAt", "endedAt"],
  starred: ["starred"],
};

/** Which columns an attribute needs; none for a name that is no attribute. */
export function runColumnsOf(attribute: string): readonly RunColumns[] {
  return Object.hasOwn(columnsOf, attribute) ? (columnsOf[attribute] ?? []) : [];
}

/** A run's attribute as searches see it, from the columns it needs; null when it is missing or there is no such attribute. */
export function readRunAttribute(run: Partial<RunRow>, name: string): Literal | null {
  const [first, second] = runColumnsOf(name);
  if (first === undefined) return null;
  const value = run[first] ?? null;
  if (name === "starred") return value !== 0;
  if (second === undefined || value === null) return value;
  const end = run[second] ?? null;
  return end === null ? null : Number(end) - Number(value);
}

/** A run in a snapshot as the judge sees it: what hangs on it is read when it is asked for. */
export function readRunRecord(tx: ReadTx, series: SeriesReader, run: RunRow): SearchRecord {
  const { row } = run;
  const findText = (table: "parameters" | "tags", key: string) => {
    const name = findName(tx, key);
    return name === undefined ? undefined : tx.get(table, row, name)?.value;
  };
  return {
    row,
    attribute: (name) => readRunAttribute(run, name),
    metric: (key, stat) => series.find(row, key)?.[stat]?.value ?? null,
    parameter(key) {
      const text = findText("parameters", key);
      return text === undefined ? undefined : decodeValue(text);
    },
    tag: (key) => findText("tags", key),
    labels: () => tx.list("runLabels", { prefix: [row] }).map(({ label }) => label),
    datasets(part) {
      const inputs = tx.list("inputs", { prefix: [row] });
      const texts = inputs.map((input) =>
        part === "context" ? input.context : tx.get("datasets", input.dataset)?.[part],
      );
      return texts.filter((text) => typeof text === "string");
    },
  };
}
