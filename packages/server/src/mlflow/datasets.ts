import { checkExperimentId } from "./checks.ts";
import { invalidValue } from "./errors.ts";
import * as messages from "./proto/messages.ts";
import { type Route, readMessage } from "./route.ts";

const MAX_EXPERIMENTS = 20;
const MAX_SUMMARIES = 1000;

export const datasetRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/mlflow/experiments/search-datasets",
    isAjaxOnly: true,
    handler: async ({ services, request }) => {
      const { experiment_ids: ids } = readMessage(request, messages.searchDatasets);
      if (ids.length === 0) throw invalidValue("SearchDatasets request must specify at least one experiment_id.");
      if (ids.length > MAX_EXPERIMENTS) {
        throw invalidValue(
          `SearchDatasets request cannot specify more than ${MAX_EXPERIMENTS} experiment_ids. Received ${ids.length} experiment_ids.`,
        );
      }
      const found = await services.datasets.list(ids.map(checkExperimentId), MAX_SUMMARIES);
      const summaries = found.map(({ experiment, name, digest, context }) => ({
        experiment_id: String(experiment),
        name,
        digest,
        ...(context === null ? {} : { context }),
      }));
      return summaries.length === 0 ? {} : { dataset_summaries: summaries };
    },
  },
];
