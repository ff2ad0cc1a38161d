import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Experiment } from "@cairn/core";
import { checkExperimentId, checkExperimentName, checkExperimentTag, checkLocation } from "./checks.ts";
import { encodeExperiment } from "./encode.ts";
import { doesNotExist, WireError } from "./errors.ts";
import { parseExperimentFilter } from "./filter/experiment-filter.ts";
import { parseExperimentOrder } from "./filter/experiment-order.ts";
import { appendPath } from "./locations.ts";
import { checkMaxResults, lifecycleOf } from "./paging.ts";
import * as messages from "./proto/messages.ts";
import { type Call, type Route, route } from "./route.ts";

/** `artifactRoot`: where the artifacts of new experiments lie unless their maker says; null = with the server. */
export function experimentRoutes(artifactRoot: string | null): readonly Route[] {
  return [
    route("POST", "/experiments/create", messages.createExperiment, async ({ services }, message) => {
      const tags = message.tags.map(({ key, value = "" }) => {
        checkExperimentTag(key, value);
        return [key, value] as const;
      });
      const experiment = await services.experiments.create({
        name: checkExperimentName(message.name),
        location: newLocation(message.artifact_location, artifactRoot),
        tags: Object.fromEntries(tags),
      });
      return { experiment_id: String(experiment.id) };
    }),

    route("GET", "/experiments/get", messages.namedExperiment, async (call, { experiment_id }) => {
      return one(call, await call.services.experiments.get(checkExperimentId(experiment_id)));
    }),

    route("GET", "/experiments/get-by-name", messages.experimentByName, async (call, { experiment_name }) => {
      const experiment = await call.services.experiments.find(experiment_name);
      if (experiment === undefined) throw doesNotExist(`Could not find experiment with name '${experiment_name}'`);
      return one(call, experiment);
    }),

    route("POST", "/experiments/search", messages.searchExperiments, searchExperiments),
    route("GET", "/experiments/search", messages.searchExperiments, searchExperiments),

    route("POST", "/experiments/delete", messages.namedExperiment, async (call, { experiment_id }) => {
      const id = await checkStage(call, experiment_id, "active");
      await call.services.experiments.delete(id);
      return undefined;
    }),

    route("POST", "/experiments/restore", messages.namedExperiment, async (call, { experiment_id }) => {
      const id = await checkStage(call, experiment_id, "deleted");
      await call.services.experiments.restore(id);
      return undefined;
    }),

    route(
      "POST",
      "/experiments/update",
      messages.updateExperiment,
      async ({ services }, { experiment_id, new_name }) => {
        const id = checkExperimentId(experiment_id);
        const name = checkExperimentName(new_name);
        if ((await services.experiments.get(id)).deletedAt !== null) {
          throw new WireError("INVALID_STATE", "Cannot rename a non-active experiment.");
        }
        await services.experiments.update(id, { name });
        return undefined;
      },
    ),

    route("POST", "/experiments/set-experiment-tag", messages.setExperimentTag, async ({ services }, message) => {
      const { key, value = "" } = message;
      checkExperimentTag(key, value);
      await services.experiments.update(checkExperimentId(message.experiment_id), { tags: { [key]: value } });
      return undefined;
    }),

    route("POST", "/experiments/delete-experiment-tag", messages.deleteExperimentTag, async ({ services }, message) => {
      const id = checkExperimentId(message.experiment_id);
      const experiment = await services.experiments.get(id);
      if (experiment.deletedAt === null && !Object.hasOwn(experiment.tags, message.key)) {
        throw doesNotExist(`No tag with name: ${message.key} in experiment with id ${id}`);
      }
      await services.experiments.update(id, { tags: { [message.key]: null } });
      return undefined;
    }),
  ];
}

async function searchExperiments(
  { services, locations }: Call,
  message: {
    readonly max_results: number | undefined;
    readonly page_token: string | undefined;
    readonly filter: string | undefined;
    readonly order_by: readonly string[];
    readonly view_type: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL" | undefined;
  },
): Promise<object> {
  const page = await services.experiments.search({
    limit: checkMaxResults(message.max_results ?? 1000),
    cursor: message.page_token || undefined,
    filter: parseExperimentFilter(message.filter ?? ""),
    order: parseExperimentOrder(message.order_by),
    lifecycle: lifecycleOf(message.view_type),
  });
  return {
    ...(page.items.length === 0
      ? {}
      : { experiments: page.items.map((item) => encodeExperiment(item, locations.ofExperiment(item))) }),
    ...(page.next === null ? {} : { next_page_token: page.next }),
  };
}

function one({ locations }: Call, experiment: Experiment): object {
  return { experiment: encodeExperiment(experiment, locations.ofExperiment(experiment)) };
}

/** Deleting what is deleted, or restoring what is active, is as if there were no such experiment. */
async function checkStage({ services }: Call, text: string, stage: "active" | "deleted"): Promise<number> {
  const id = checkExperimentId(text);
  const experiment = await services.experiments.get(id);
  if ((experiment.deletedAt === null) !== (stage === "active"))
    throw doesNotExist(`No Experiment with id=${id} exists`);
  return id;
}

/** `{id}` in a location becomes the experiment's id. A path without scheme is absolute from the server's folder on. */
function newLocation(given: string | undefined, artifactRoot: string | null): string | null {
  if (!given) return artifactRoot === null ? null : appendPath(artifactRoot, "{id}");
  checkLocation(given);
  if (!/^[a-zA-Z][\w+.-]*:/.test(given)) return resolve(given);
  const relative = /^file:(?!\/)(.*)$/.exec(given)?.[1];
  return relative === undefined ? given : pathToFileURL(resolve(relative)).href;
}
