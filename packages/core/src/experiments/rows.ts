import { table } from "../store/table.ts";

export interface ExperimentRow {
  id: number;
  project: number;
  name: string;
  description: string;
  /** Where clients write artifacts by themselves (a URI); null = the server's own store. */
  location: string | null;
  createdAt: number;
  updatedAt: number;
  /** Set = soft-deleted, and so are all its runs. */
  deletedAt: number | null;
}

export const experiments = table<ExperimentRow>()({
  columns: {
    id: "int",
    project: "int",
    name: "text",
    description: "text",
    location: "text?",
    createdAt: "int",
    updatedAt: "int",
    deletedAt: "int?",
  },
  key: ["id"],
  indexes: { byName: ["project", "name"] },
  unique: ["byName"],
});

export interface ExperimentTagRow {
  experiment: number;
  key: string;
  value: string;
}

export const experimentTags = table<ExperimentTagRow>()({
  columns: { experiment: "int", key: "text", value: "text" },
  key: ["experiment", "key"],
});
