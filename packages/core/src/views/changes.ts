import { conflict } from "../errors.ts";
import { getExperimentRow } from "../experiments/read.ts";
import { clip } from "../ids.ts";
import { getProjectRow } from "../projects/queries.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { Tx } from "../store/tx.ts";
import { getViewRow, readView } from "./read.ts";
import { NO_EXPERIMENT, type ViewRow } from "./rows.ts";
import type { View } from "./view.ts";

/** As `CreateView`, checked, with the state as text. */
export interface NewView {
  readonly project: string;
  readonly name: string;
  readonly screen: string;
  readonly experiment: number | null;
  readonly state: string;
}

export interface ViewUpdate {
  readonly id: number;
  readonly name: string | undefined;
  readonly state: string | undefined;
}

export const viewChanges = {
  /** @throws not_found for an unknown project or experiment; conflict when the name is taken. */
  "views.create"(context: WriteContext, input: NewView): View {
    const { tx, at, author } = context;
    const project = getProjectRow(tx, input.project).id;
    if (input.experiment !== null) getExperimentRow(tx, input.experiment);
    const row: ViewRow = {
      id: nextNumber(tx, "views"),
      project,
      screen: input.screen,
      experiment: input.experiment ?? NO_EXPERIMENT,
      name: input.name,
      state: input.state,
      author,
      createdAt: at,
      updatedAt: at,
    };
    checkFree(tx, row);
    tx.put("views", row);
    emit(context, "created", row);
    return readView(tx, row);
  },

  /** @throws not_found; conflict when the new name is taken. */
  "views.update"(context: WriteContext, { id, name, state }: ViewUpdate): View {
    const { tx, at } = context;
    const row = getViewRow(tx, id);
    const next: ViewRow = { ...row, name: name ?? row.name, state: state ?? row.state, updatedAt: at };
    checkFree(tx, next);
    tx.put("views", next);
    emit(context, "updated", next);
    return readView(tx, next);
  },

  /** Real. @throws not_found */
  "views.delete"(context: WriteContext, { id }: { readonly id: number }): void {
    const row = getViewRow(context.tx, id);
    context.tx.delete("views", id);
    emit(context, "deleted", row);
  },
};

/** Takes the views of a purged experiment away. */
export function removeViews(tx: Tx, experiment: number): void {
  for (const { id } of tx.pick("views", ["id"], { index: "byExperiment", prefix: [experiment] }))
    tx.delete("views", id);
}

function checkFree(tx: Tx, { id, project, screen, experiment, name }: ViewRow): void {
  const [taken] = tx.pick("views", ["id"], { index: "byName", prefix: [project, screen, experiment, name], limit: 1 });
  if (taken === undefined || taken.id === id) return;
  throw conflict(`A view of this screen is already named '${clip(name)}' (id ${taken.id}). Choose another name.`, {
    view: taken.id,
    name: clip(name),
  });
}

function emit(context: WriteContext, what: "created" | "updated" | "deleted", { id, experiment }: ViewRow): void {
  context.emit({
    kind: `view.${what}`,
    id: String(id),
    experiment: experiment === NO_EXPERIMENT ? null : experiment,
  });
}
