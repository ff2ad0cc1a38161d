import { invalid } from "../errors.ts";
import { checkName, checkText, checkWhole } from "../limits.ts";
import { DEFAULT_PROJECT } from "../projects/project.ts";
import { checkTags } from "../runs/check.ts";
import type { RunFiles } from "../runs/files.ts";
import { readSearch } from "../search/input.ts";
import type { Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import type { NamePolicy } from "./experiment.ts";

/** Longest name of an experiment: what every wire can carry. */
const MAX_EXPERIMENT_NAME = 500;
const policies: readonly NamePolicy[] = ["error", "overwrite", "duplicate", "skip"];

export function checkPolicy(policy: NamePolicy): NamePolicy {
  if (policies.includes(policy)) return policy;
  throw invalid(`onConflict is ${policies.join(", ")}, not '${String(policy)}'.`);
}

export function experimentService(records: RecordStore, stamp: () => Stamp, files: RunFiles): Services["experiments"] {
  const checkId = (id: number) => checkWhole("An experiment's id", id, 0);
  return {
    create: async (input) =>
      records.write(
        "experiments.create",
        {
          project: input.project ?? DEFAULT_PROJECT,
          name: checkName("An experiment's name", input.name, MAX_EXPERIMENT_NAME),
          description: checkText("A description", input.description ?? ""),
          location: input.location == null ? null : checkText("A location", input.location, 2048),
          tags: checkTags(input.tags ?? {}),
          onConflict: checkPolicy(input.onConflict ?? "error"),
        },
        stamp(),
      ),
    get: async (id) => records.read("experiments.get", { id: checkId(id) }),
    find: async (name, project) => records.read("experiments.find", { name, project: project ?? DEFAULT_PROJECT }),
    search: async (input = {}) =>
      records.read("experiments.search", {
        ...readSearch("experiment", input),
        project: input.project ?? DEFAULT_PROJECT,
      }),
    update: async (id, input) =>
      records.write(
        "experiments.update",
        {
          id: checkId(id),
          name:
            input.name === undefined ? undefined : checkName("An experiment's name", input.name, MAX_EXPERIMENT_NAME),
          description: input.description === undefined ? undefined : checkText("A description", input.description),
          tags: checkTags(input.tags ?? {}),
          strict: input.strict ?? false,
        },
        stamp(),
      ),
    delete: async (id) => records.write("experiments.delete", { id: checkId(id) }, stamp()),
    restore: async (id) => records.write("experiments.restore", { id: checkId(id) }, stamp()),
    purge: async (id) => {
      const clear = await files.clearAll(checkId(id));
      await records.write("experiments.purge", { id }, stamp());
      await clear();
    },
  };
}
