import { table } from "../store/table.ts";

export interface ProjectRow {
  id: number;
  name: string;
  public: number;
  owner: string | null;
  createdAt: number;
}

export const projects = table<ProjectRow>()({
  columns: { id: "int", name: "text", public: "int", owner: "text?", createdAt: "int" },
  key: ["id"],
  indexes: { byName: ["name"] },
  unique: ["byName"],
});
