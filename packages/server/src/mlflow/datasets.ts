import type { Services } from "@cairn/core";
import { checkExperimentId } from "./checks.ts";
import { invalidValue } from "./errors.ts";
import * as messages from "./proto/messages.ts";
import { type Route, readMessage } from "./route.ts";

const MAX_EXPERIMENTS = 20;
const MAX_SUMMARIES = 1000;
const PAGE = 1000;

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
      const summaries = await collectSummaries(services, ids.map(checkExperimentId));
      return summaries.length === 0 ? {} : { dataset_summaries: summaries };
    },
  },
];

/** The distinct (experiment, name, digest, context) of the runs' inputs: core has no list of its own for them. */
async function collectSummaries(services: Services, experiments: readonly number[]): Promise<object[]> {
  const summaries = new Map<string, object>();
  let cursor: string | undefined;
  do {
    const page = await services.runs.search({ experiments, lifecycle: "all", limit: PAGE, cursor });
    for (const run of page.items) {
      for (const { dataset, context } of run.inputs) {
        const key = JSON.stringify([run.experiment, dataset.name, dataset.digest, context]);
        const { name, digest } = dataset;
        summaries.set(key, {
          experiment_id: String(run.experiment),
          name,
          digest,
          ...(context === null ? {} : { context }),
        });
        if (summaries.size >= MAX_SUMMARIES) return [...summaries.values()];
      }
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return [...summaries.values()];
}
