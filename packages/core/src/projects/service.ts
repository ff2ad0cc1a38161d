import type { Services } from "../services.ts";
import type { RecordStore } from "../store/port.ts";

export function projectService(records: RecordStore): Services["projects"] {
  return { list: async () => ({ items: await records.read("projects.list", {}), next: null }) };
}
