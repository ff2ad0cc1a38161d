import { checkItems, checkWhole, MAX_ITEMS } from "../limits.ts";
import type { Services } from "../services.ts";
import type { RecordStore } from "../store/port.ts";

const DEFAULT_LIMIT = 1000;

export function datasetService(records: RecordStore): Services["datasets"] {
  return {
    list: async (experiments, limit) => {
      checkItems("experiments", experiments.length);
      for (const id of experiments) checkWhole("An experiment's id", id, 0);
      return records.read("datasets.list", {
        experiments,
        limit: checkWhole("A limit", limit ?? DEFAULT_LIMIT, 1, MAX_ITEMS),
      });
    },
  };
}
