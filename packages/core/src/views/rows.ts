import { table } from "../store/table.ts";

export interface ViewRow {
  id: number;
  project: number;
  screen: string;
  /** -1 = none: a null would not count as taken in the unique index. */
  experiment: number;
  name: string;
  /** JSON text (see `encodeValue`). */
  state: string;
  author: string;
  createdAt: number;
  updatedAt: number;
}

export const NO_EXPERIMENT = -1;

export const views = table<ViewRow>()({
  columns: {
    id: "int",
    project: "int",
    screen: "text",
    experiment: "int",
    name: "text",
    state: "text",
    author: "text",
    createdAt: "int",
    updatedAt: "int",
  },
  key: ["id"],
  indexes: { byName: ["project", "screen", "experiment", "name"], byExperiment: ["experiment"] },
  unique: ["byName"],
});
