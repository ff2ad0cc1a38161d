import { type Field, formatField, parseOrder, type Run, type SeriesInfo } from "@cairn/core";
import { directionOf } from "../metric-direction.ts";

/** Which of a metric's numbers a column shows. `best` is the least or the greatest, by what the metric's name says (`shownStat`). */
export type ShownStat = "latest" | "min" | "max" | "best";

export const runAttributes = [
  "name",
  "state",
  "created",
  "started",
  "ended",
  "duration",
  "heartbeat",
  "author",
  "attempt",
  "experiment",
  "error",
  "id",
] as const;
export type RunAttribute = (typeof runAttributes)[number];

/** One column of a table of runs. */
export type RunColumn =
  | { readonly kind: "attribute"; readonly name: RunAttribute }
  | { readonly kind: "label" }
  | { readonly kind: "dataset" }
  | { readonly kind: "parameter" | "tag"; readonly key: string }
  | { readonly kind: "metric"; readonly key: string; readonly stat: ShownStat };

const BEST = /\.best$/;

/** The column as text, in the words of the query language: `name`, `params.lr`, `metrics."val loss".min`, `metrics.acc.best`. */
export function columnText(column: RunColumn): string {
  switch (column.kind) {
    case "attribute":
      return column.name;
    case "label":
      return "labels";
    case "dataset":
      return "dataset";
    case "metric":
      if (column.stat !== "best") return metricText(column.key, column.stat);
      return `${metricText(column.key, "latest")}.best`;
    default:
      return formatField(column);
  }
}

/** A key that ends as a number's name does is quoted, so that it is not taken for one. */
function metricText(key: string, stat: "latest" | "min" | "max"): string {
  if (!/(^|\.)best$/.test(key)) return formatField({ kind: "metric", key, stat });
  return `metrics."${key.replaceAll('"', '""')}"${stat === "latest" ? "" : `.${stat}`}`;
}

/** The reverse of `columnText`; undefined for what names no column. */
export function parseColumn(text: string): RunColumn | undefined {
  if (text === "labels" || text === "label") return { kind: "label" };
  if (text === "dataset") return { kind: "dataset" };
  const isBest = BEST.test(text);
  const field = parseField(isBest ? text.replace(BEST, "") : text);
  switch (field?.kind) {
    case "attribute":
      return runAttributes.includes(field.name as RunAttribute)
        ? { kind: "attribute", name: field.name as RunAttribute }
        : undefined;
    case "parameter":
    case "tag":
      return { kind: field.kind, key: field.key };
    case "metric":
      return { kind: "metric", key: field.key, stat: isBest ? "best" : field.stat };
    default:
      return undefined;
  }
}

function parseField(text: string): Field | undefined {
  try {
    const [order, more] = parseOrder(text);
    return more === undefined && order !== undefined && !order.descending && order.text !== true
      ? order.field
      : undefined;
  } catch {
    return undefined;
  }
}

/** The field by which the column sorts and filters; undefined where a run has many values. */
export function fieldTextOf(column: RunColumn): string | undefined {
  if (column.kind === "label" || column.kind === "dataset") return undefined;
  if (column.kind === "metric") return metricText(column.key, shownStat(column));
  return columnText(column);
}

/** `best` as the number that it means: where the name tells nothing the greatest, and the column's head says which it is. */
export function shownStat({ key, stat }: { readonly key: string; readonly stat: ShownStat }): "latest" | "min" | "max" {
  if (stat !== "best") return stat;
  return directionOf(key) === "down" ? "min" : "max";
}

/** What a search has to carry for the column, as its `fields` say it; undefined for a run's own fields. */
export function carriedField(column: RunColumn): string | undefined {
  switch (column.kind) {
    case "attribute":
      return undefined;
    case "label":
      return "labels";
    case "dataset":
      return "inputs";
    case "metric":
      return metricText(column.key, "latest");
    default:
      return formatField(column);
  }
}

/** A parameter's key with its group, as everything but its row says it. */
export function flatKey({ group, key }: { readonly group: string; readonly key: string }): string {
  return group === "" ? key : `${group}/${key}`;
}

/** The number that a metric's column shows of a series. */
export function metricValue(info: SeriesInfo | undefined, stat: "latest" | "min" | "max"): number | undefined {
  return info?.[stat]?.value;
}

export function metricOf(run: Run, key: string): SeriesInfo | undefined {
  return run.metrics.find((info) => info.key === key);
}

/** How long a run took, or has taken by now, in ms; undefined before its start. */
export function durationOf(
  run: Pick<Run, "startedAt" | "endedAt" | "state" | "heartbeatAt">,
  now: number,
): number | undefined {
  if (run.startedAt === null) return undefined;
  if (run.endedAt !== null) return run.endedAt - run.startedAt;
  return run.state === "running" ? Math.max(0, now - run.startedAt) : undefined;
}
