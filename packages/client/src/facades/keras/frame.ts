import type { ColumnTable } from "arquero";
import type { KModel } from "./kmodel.ts";

/** In the origin's order; tags and artifacts are not in the frame. */
export const FRAME_COLUMNS = [
  "id",
  "path",
  "timestamp",
  "notes",
  "stared",
  "epochs_trained",
  "loss",
  "val_loss",
] as const;

type FrameRow = Readonly<Record<(typeof FRAME_COLUMNS)[number], string | number | boolean | Date | null>>;

export function frameRow(model: KModel): FrameRow {
  const { id, path, timestamp, notes, stared, epochsTrained, loss, valLoss } = model;
  return { id, path, timestamp, notes, stared, epochs_trained: epochsTrained, loss, val_loss: valLoss };
}

/** Records as an Arquero table, which is loaded for it. */
export async function buildFrame(models: readonly KModel[]): Promise<ColumnTable> {
  const { table } = await import("arquero");
  const rows = models.map(frameRow);
  return table(Object.fromEntries(FRAME_COLUMNS.map((name) => [name, rows.map((row) => row[name])])), [
    ...FRAME_COLUMNS,
  ]);
}

/** Records as an HTML table; everything that users wrote is text in it. */
export function buildHtml(models: readonly KModel[]): string {
  const head = FRAME_COLUMNS.map((name) => `<th>${name}</th>`).join("");
  const rows = models.map((model) => {
    const row = frameRow(model);
    return `<tr>${FRAME_COLUMNS.map((name) => `<td>${cell(row[name])}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function cell(value: FrameRow[keyof FrameRow]): string {
  if (value === null) return "";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char).replaceAll("\n", "<br>");
}
