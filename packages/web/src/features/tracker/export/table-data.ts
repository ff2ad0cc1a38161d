import type { Run } from "@cairn/core";
import { formatValue } from "../../../lib/format.ts";
import {
  columnText,
  durationOf,
  flatKey,
  metricOf,
  metricValue,
  type RunAttribute,
  type RunColumn,
  shownStat,
} from "../../../parts/runs/columns/run-column.ts";

export type CellValue = string | number | boolean | null;

/** A column of an exported table. Times are ms since 1970-01-01 UTC. */
export interface DataColumn {
  readonly name: string;
  readonly type: "text" | "number" | "boolean" | "time";
  readonly values: readonly CellValue[];
}

/** Runs as columns, the run's id first. A parameter is of numbers or booleans only where every value is one. */
export function tableData(runs: readonly Run[], columns: readonly RunColumn[]): readonly DataColumn[] {
  const all: RunColumn[] = [{ kind: "attribute", name: "id" }];
  for (const column of columns) if (columnText(column) !== "id") all.push(column);
  return all.map((column) => {
    const values = runs.map((run) => cellOf(run, column));
    const type = typeOf(column, values);
    const texts = type === "text" ? values.map((value) => (value === null ? null : String(value))) : values;
    return { name: columnText(column), type, values: texts };
  });
}

const TIMES: ReadonlySet<RunAttribute> = new Set(["created", "started", "ended", "heartbeat"]);

function typeOf(column: RunColumn, values: readonly CellValue[]): DataColumn["type"] {
  if (column.kind === "metric") return "number";
  if (column.kind === "attribute" && TIMES.has(column.name)) return "time";
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size !== 1) return "text";
  return kinds.has("number") ? "number" : kinds.has("boolean") ? "boolean" : "text";
}

function cellOf(run: Run, column: RunColumn): CellValue {
  switch (column.kind) {
    case "attribute":
      return attributeOf(run, column.name);
    case "label":
      return run.labels.length === 0 ? null : run.labels.join(", ");
    case "dataset":
      return run.inputs.length === 0 ? null : run.inputs.map(({ dataset }) => dataset.name).join(", ");
    case "tag":
      return run.tags[column.key] ?? null;
    case "metric":
      return metricValue(metricOf(run, column.key), shownStat(column)) ?? null;
    case "parameter": {
      const parameter = run.parameters.find((one) => flatKey(one) === column.key);
      if (parameter === undefined || parameter.value === null) return null;
      const { value } = parameter;
      return typeof value === "number" || typeof value === "boolean" ? value : formatValue(value);
    }
  }
}

function attributeOf(run: Run, name: RunAttribute): CellValue {
  switch (name) {
    case "created":
      return run.createdAt;
    case "started":
      return run.startedAt;
    case "ended":
      return run.endedAt;
    case "heartbeat":
      return run.heartbeatAt;
    case "duration":
      return durationOf(run, run.heartbeatAt) ?? null;
    default:
      return run[name];
  }
}
