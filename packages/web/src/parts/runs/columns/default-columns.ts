import type { TableColumns } from "@cairn/core";
import { directionOf } from "../metric-direction.ts";
import type { ShownColumn } from "./column-list.ts";
import type { RunColumn } from "./run-column.ts";

const MOST_METRICS = 4;
const MOST_PARAMETERS = 4;

/**
 * The columns of a table that nobody has arranged: few, and those that tell runs apart. Metrics: one for each name, the
 * validation's before the training's. Parameters: those that differ.
 */
export function defaultColumns(known: Pick<TableColumns, "metrics" | "parameters" | "labels">): ShownColumn[] {
  const columns: RunColumn[] = [
    { kind: "attribute", name: "state" },
    ...mainMetrics(known.metrics).map((key): RunColumn => ({ kind: "metric", key, stat: "latest" })),
    ...known.parameters
      .filter(({ distinct }) => distinct > 1)
      .slice(0, MOST_PARAMETERS)
      .map(({ key }): RunColumn => ({ kind: "parameter", key })),
    { kind: "attribute", name: "created" },
    { kind: "attribute", name: "duration" },
    ...(known.labels.length > 0 ? [{ kind: "label" } as const] : []),
  ];
  return [
    { column: { kind: "attribute", name: "name" }, isPinned: true },
    ...columns.map((column) => ({ column, isPinned: false })),
  ];
}

function rank(phase: string | null): number {
  if (phase === null) return 1;
  if (/^val/.test(phase)) return 0;
  return /^test|^eval/.test(phase) ? 2 : 3;
}

function mainMetrics(metrics: TableColumns["metrics"]): string[] {
  const byName = new Map<string, { key: string; phase: string | null }>();
  for (const { key, name, phase } of metrics) {
    if (/^(system|sys|gpu|cpu)[/._]|^epoch$|^step$|^lr$|learning_rate/i.test(key)) continue;
    const known = byName.get(name);
    if (known === undefined || rank(phase) < rank(known.phase)) byName.set(name, { key, phase });
  }
  // Losses first, then what is measured of the outcome, then all else; the order within is that of use.
  const worth = (key: string) => (/loss/i.test(key) ? 0 : directionOf(key) !== undefined ? 1 : 2);
  return [...byName.values()]
    .sort((a, b) => worth(a.key) - worth(b.key))
    .slice(0, MOST_METRICS)
    .map(({ key }) => key);
}
