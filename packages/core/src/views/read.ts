import { notFound } from "../errors.ts";
import { decodeValue } from "../runs/values.ts";
import type { ReadTx } from "../store/tx.ts";
import { NO_EXPERIMENT, type ViewRow } from "./rows.ts";
import type { View, ViewInfo } from "./view.ts";

/** @throws not_found */
export function getViewRow(tx: ReadTx, id: number): ViewRow {
  const row = tx.get("views", id);
  if (row !== undefined) return row;
  throw notFound(`No view has the id ${id}.`, { view: id });
}

export function readViewInfo(tx: ReadTx, row: Omit<ViewRow, "state">): ViewInfo {
  const { id, project, screen, experiment, name, author, createdAt, updatedAt } = row;
  return {
    id,
    project: tx.get("projects", project)?.name ?? "",
    name,
    screen,
    experiment: experiment === NO_EXPERIMENT ? null : experiment,
    author,
    createdAt,
    updatedAt,
  };
}

export function readView(tx: ReadTx, row: ViewRow): View {
  return { ...readViewInfo(tx, row), state: decodeValue(row.state) };
}
