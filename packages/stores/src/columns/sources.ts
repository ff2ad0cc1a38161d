import {
  decodeValue,
  type Field,
  findName,
  jsonForms,
  type Literal,
  type MetricStat,
  type ReadTx,
  type RunColumns,
  readRunAttribute,
  runColumnsOf,
  tagForms,
  textForms,
} from "@cairn/core";
import type { ListSource } from "./list-column.ts";
import type { NumberSource } from "./number-column.ts";
import type { TextSource } from "./text-column.ts";

/** Rows that one read brings into memory at a time. */
const BATCH = 20_000;

/** Reads all rows after a run's number in batches; `read` gives the rows after it, ordered by run. */
function inBatches<R>(read: (after: number) => R[], runOf: (row: R) => number, visit: (row: R) => void): void {
  for (let after = -1; ; ) {
    const batch = read(after);
    for (const row of batch) visit(row);
    const last = batch[batch.length - 1];
    if (last === undefined || batch.length < BATCH) return;
    after = runOf(last);
  }
}

/** Parameters and tags: rows by name, then run. */
export function keyedTexts(table: "parameters" | "tags", key: string): TextSource {
  return {
    readAll(tx, put) {
      const name = findName(tx, key);
      if (name === undefined) return;
      inBatches(
        (after) => tx.pick(table, ["run", "value"], { index: "byName", prefix: [name], after, limit: BATCH }),
        ({ run }) => run,
        ({ run, value }) => put(run, value),
      );
    },
    read(tx, run) {
      const name = findName(tx, key);
      return name === undefined ? null : (tx.get(table, run, name)?.value ?? null);
    },
    formsOf: table === "tags" ? tagForms : (text) => jsonForms(decodeValue(text)),
  };
}

/** What series had when they were last sealed. A latest that is NaN is kept as null beside a count. */
export function sealedMetric(key: string, stat: MetricStat): NumberSource {
  const statOf = (row: { count: number; latest: number | null; min: number | null; max: number | null }) =>
    row.count === 0 ? null : (row[stat] ?? (stat === "latest" ? Number.NaN : null));
  const columns = ["run", "count", "latest", "min", "max"] as const;
  return {
    readAll(tx, put) {
      const name = findName(tx, key);
      if (name === undefined) return;
      inBatches(
        (after) => tx.pick("series", columns, { index: "byName", prefix: [name], after, limit: BATCH }),
        ({ run }) => run,
        (row) => {
          const value = statOf(row);
          if (value !== null) put(row.run, value);
        },
      );
    },
    read(tx, run) {
      const name = findName(tx, key);
      if (name === undefined) return null;
      const [row] = tx.pick("series", columns, { index: "byRun", prefix: [run, name], limit: 1 });
      return row === undefined ? null : statOf(row);
    },
  };
}

function attributeRows(name: string): {
  readAll(tx: ReadTx, visit: (run: number, value: Literal) => void): void;
  read(tx: ReadTx, run: number): Literal | null;
} {
  const columns: readonly RunColumns[] = [...new Set<RunColumns>(["row", ...runColumnsOf(name)])];
  return {
    readAll(tx, visit) {
      inBatches(
        (after) => tx.pick("runs", columns, { prefix: [], after, limit: BATCH }),
        ({ row }) => row,
        (run) => {
          const value = readRunAttribute(run, name);
          if (value !== null) visit(run.row, value);
        },
      );
    },
    read(tx, row) {
      const [run] = tx.pick("runs", columns, { prefix: [row], limit: 1 });
      return run === undefined ? null : readRunAttribute(run, name);
    },
  };
}

/** Attributes that are numbers, times or booleans. */
export function attributeNumbers(name: string): NumberSource {
  const rows = attributeRows(name);
  return {
    readAll: (tx, put) => rows.readAll(tx, (run, value) => put(run, Number(value))),
    read(tx, run) {
      const value = rows.read(tx, run);
      return value === null ? null : Number(value);
    },
  };
}

export function attributeTexts(name: string): TextSource {
  const rows = attributeRows(name);
  return {
    readAll: (tx, put) => rows.readAll(tx, (run, value) => put(run, String(value))),
    read(tx, run) {
      const value = rows.read(tx, run);
      return value === null ? null : String(value);
    },
    formsOf: textForms,
  };
}

export const labelTexts: ListSource = {
  readAll(tx, put) {
    for (const { run, label } of tx.pick("runLabels", ["run", "label"], { prefix: [] })) put(run, label);
  },
  read: (tx, run) => tx.pick("runLabels", ["label"], { prefix: [run] }).map(({ label }) => label),
};

export function datasetTexts(part: Extract<Field, { kind: "dataset" }>["name"]): ListSource {
  const textOf = (tx: ReadTx, input: { dataset: number; context: string | null }) =>
    part === "context" ? input.context : (tx.get("datasets", input.dataset)?.[part] ?? null);
  return {
    readAll(tx, put) {
      const texts = new Map<number, string | null>();
      for (const input of tx.pick("inputs", ["run", "dataset", "context"], { prefix: [] })) {
        if (part !== "context" && !texts.has(input.dataset)) texts.set(input.dataset, textOf(tx, input));
        const text = part === "context" ? input.context : (texts.get(input.dataset) ?? null);
        if (text !== null) put(input.run, text);
      }
    },
    read(tx, run) {
      const inputs = tx.pick("inputs", ["dataset", "context"], { prefix: [run] });
      return inputs.map((input) => textOf(tx, input)).filter((text) => text !== null);
    },
  };
}
