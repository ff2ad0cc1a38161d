import type { TableColumns } from "@cairn/core";
import { type RunColumn, shownStat } from "./run-column.ts";
import type { columnTexts } from "./texts.ts";

type Words = (typeof columnTexts)["en"];

/** A column's name for people. */
export function columnTitle(column: RunColumn, t: Words): string {
  switch (column.kind) {
    case "attribute":
      return t.attributes[column.name];
    case "label":
      return t.labels;
    case "dataset":
      return t.dataset;
    default:
      return column.key;
  }
}

/** What stands small before the name: which value of a metric, or that it is a tag. */
export function columnKind(column: RunColumn, t: Words): string | undefined {
  if (column.kind === "metric") {
    if (column.stat === "latest") return undefined;
    return column.stat === "best" ? `${t.best} (${t[shownStat(column)]})` : t[column.stat];
  }
  return column.kind === "tag" ? t.tag : undefined;
}

/** In px, where nobody chose another width: enough for what usually stands there, and for the name within reason. */
export function usualWidth(column: RunColumn): number {
  switch (column.kind) {
    case "attribute":
      return (
        { name: 190, state: 164, duration: 96, attempt: 80, experiment: 160, error: 220, id: 270, author: 110 }[
          column.name as string
        ] ?? 128
      );
    case "label":
      return 160;
    case "dataset":
      return 150;
    case "metric":
      return Math.min(180, Math.max(96, 40 + column.key.length * 7.2 + (column.stat === "latest" ? 0 : 30)));
    default:
      return Math.min(180, Math.max(88, 40 + column.key.length * 7.2));
  }
}

/** Whether its values are numbers, which stand at the end of the cell. `known` tells what parameters are. */
export function isNumeric(column: RunColumn, known?: Pick<TableColumns, "parameters">): boolean {
  if (column.kind === "parameter") {
    const types = known?.parameters.find(({ key }) => key === column.key)?.types ?? [];
    return types.length === 1 && types[0] === "number";
  }
  return (
    column.kind === "metric" ||
    (column.kind === "attribute" && (column.name === "duration" || column.name === "attempt"))
  );
}
