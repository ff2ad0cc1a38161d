import { checkItems, checkWhole, MAX_ITEMS } from "../limits.ts";
import { DEFAULT_PROJECT } from "../projects/project.ts";
import type { Services } from "../services.ts";
import type { RecordStore } from "../store/port.ts";

const DEFAULT_LIMIT = 1000;

export function labelService(records: RecordStore): Services["labels"] {
  return {
    list: async ({ project, experiments, limit } = {}) => {
      checkItems("experiments", experiments?.length ?? 0);
      for (const id of experiments ?? []) checkWhole("An experiment's id", id, 0);
      return records.read("labels.list", {
        project: project ?? DEFAULT_PROJECT,
        experiments: experiments ?? null,
        limit: checkWhole("A limit", limit ?? DEFAULT_LIMIT, 1, MAX_ITEMS),
      });
    },
  };
}
