import { table } from "../store/table.ts";

/** A dataset within an experiment; its identity is (experiment, name, digest). */
export interface DatasetRow {
  id: number;
  experiment: number;
  name: string;
  digest: string;
  sourceType: string;
  source: string;
  schema: string | null;
  profile: string | null;
}

export const datasets = table<DatasetRow>()({
  columns: {
    id: "int",
    experiment: "int",
    name: "text",
    digest: "text",
    sourceType: "text",
    source: "text",
    schema: "text?",
    profile: "text?",
  },
  key: ["id"],
  indexes: { byName: ["experiment", "name", "digest"] },
  unique: ["byName"],
});

/** A dataset as input of a run. `tags` is a JSON object of texts; `context` is the one that searches ask for. */
export interface InputRow {
  run: number;
  dataset: number;
  context: string | null;
  tags: string;
}

export const inputs = table<InputRow>()({
  columns: { run: "int", dataset: "int", context: "text?", tags: "text" },
  key: ["run", "dataset"],
  indexes: { byDataset: ["dataset"] },
});
