import { clip, type Run } from "@cairn/core";
import { checkExperimentId, checkExperimentIds, checkRunId, checkTag } from "./checks.ts";
import { decodeStatus, encodeRun, encodeRunInfo } from "./encode.ts";
import { doesNotExist, invalidValue } from "./errors.ts";
import { parseRunFilter } from "./filter/run-filter.ts";
import { parseRunOrder } from "./filter/run-order.ts";
import { checkMaxResults, lifecycleOf } from "./paging.ts";
import { wrongType } from "./proto/decode.ts";
import type { Decoded } from "./proto/message.ts";
import * as messages from "./proto/messages.ts";
import { type Call, type Route, route } from "./route.ts";
import { RUN_NAME, splitRunName } from "./run-name.ts";

export const runRoutes: readonly Route[] = [
  route("POST", "/runs/create", messages.createRun, async (call, message) => {
    const { name, tags = {} } = splitRunName(message.tags.map(({ key, value }) => checkTag(key, value ?? "")));
    if (message.run_name && name && message.run_name !== name) {
      throw invalidValue(
        `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${clip(message.run_name, 1000)}', mlflow.runName='${clip(name, 1000)}').`,
      );
    }
    const run = await call.services.runs.create({
      experiment: message.experiment_id ? checkExperimentId(message.experiment_id) : 0,
      name: message.run_name || name || undefined,
      author: message.user_id || undefined,
      startedAt: message.start_time,
      tags,
    });
    return one(call, run);
  }),

  route("GET", "/runs/get", messages.namedRun, async (call, { run_id }) => {
    return one(call, await call.services.runs.get(checkRunId(run_id)));
  }),

  route("POST", "/runs/update", messages.updateRun, async ({ services, locations }, message) => {
    const run = await services.runs.update(checkRunId(message.run_id), {
      name: message.run_name || undefined,
      state: message.status === undefined ? undefined : decodeStatus(message.status),
      endedAt: message.end_time,
    });
    return { run_info: encodeRunInfo(run, await locations.ofRun(services, run)) };
  }),

  route("POST", "/runs/delete", messages.namedRun, async ({ services }, { run_id }) => {
    await services.runs.delete(checkRunId(run_id));
    return undefined;
  }),

  route("POST", "/runs/restore", messages.namedRun, async ({ services }, { run_id }) => {
    await services.runs.restore(checkRunId(run_id));
    return undefined;
  }),

  route("POST", "/runs/search", messages.searchRuns, searchRuns),

  route("POST", "/runs/set-tag", messages.setTag, async ({ services }, message) => {
    const { key, value } = checkTag(message.key, message.value ?? "");
    const run = checkRunId(message.run_id);
    if (key !== RUN_NAME) await services.runs.update(run, { tags: { [key]: value } });
    else await services.runs.update(run, value === "" ? {} : { name: value });
    return undefined;
  }),

  route("POST", "/runs/delete-tag", messages.deleteTag, async ({ services }, { run_id, key }) => {
    const id = checkRunId(run_id);
    const run = await services.runs.get(id);
    if (run.deletedAt === null && key !== RUN_NAME && !Object.hasOwn(run.tags, key)) {
      throw doesNotExist(`No tag with name: ${clip(key, 1000)} in run with id ${id}`);
    }
    await services.runs.update(id, key === RUN_NAME ? {} : { tags: { [key]: null } });
    return undefined;
  }),
];

async function one({ services, locations }: Call, run: Run): Promise<object> {
  return { run: encodeRun(run, await locations.ofRun(services, run)) };
}

async function searchRuns(
  { services, formed, locations }: Call,
  message: Decoded<typeof messages.searchRuns>,
): Promise<Uint8Array> {
  const limit = message.max_results ?? 1000;
  if (limit > 50_000) throw wrongType("max_results", limit);
  const experiments = checkExperimentIds(message.experiment_ids);
  return formed(await locations.ofExperiments(services, experiments)).runs.search({
    experiments,
    filter: parseRunFilter(message.filter ?? ""),
    order: parseRunOrder(message.order_by),
    lifecycle: lifecycleOf(message.run_view_type),
    limit: checkMaxResults(limit),
    cursor: message.page_token || undefined,
  });
}
