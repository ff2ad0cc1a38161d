import { getProjectRow } from "../projects/queries.ts";
import type { ReadContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import { getViewRow, readView, readViewInfo } from "./read.ts";
import { NO_EXPERIMENT } from "./rows.ts";
import type { View, ViewInfo } from "./view.ts";

interface Choice {
  readonly project: string;
  readonly screen: string | undefined;
  readonly experiment: number | null | undefined;
}

const MOST = 10_000;

export const viewQueries = {
  "views.get"({ tx }: ReadContext, { id }: { readonly id: number }): View {
    return readView(tx, getViewRow(tx, id));
  },

  /** By screen, experiment and name; the first 10 000. */
  "views.list"({ tx }: ReadContext, choice: Choice): ViewInfo[] {
    return chooseRows(tx, choice).map((row) => readViewInfo(tx, row));
  },
};

function chooseRows(tx: ReadTx, { project, screen, experiment }: Choice) {
  const columns = ["id", "project", "screen", "experiment", "name", "author", "createdAt", "updatedAt"] as const;
  const { id } = getProjectRow(tx, project);
  const wanted = experiment === null ? NO_EXPERIMENT : experiment;
  const prefix = screen === undefined ? [id] : wanted === undefined ? [id, screen] : [id, screen, wanted];
  const rows = tx.pick("views", columns, { index: "byName", prefix, limit: MOST });
  return wanted === undefined ? rows : rows.filter((row) => row.experiment === wanted);
}
