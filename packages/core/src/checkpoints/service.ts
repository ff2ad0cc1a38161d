import { type IdSource, parseCheckpointId, parseRunId } from "../ids.ts";
import { checkName, checkText, checkWhole } from "../limits.ts";
import { checkParameters, checkTags } from "../runs/check.ts";
import type { RunFiles } from "../runs/files.ts";
import { friendlyName } from "../runs/friendly-name.ts";
import { readSearch } from "../search/input.ts";
import type { Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import type { NewCheckpoint } from "./changes.ts";
import { checkCheckpointState, MAX_CHECKPOINT_NAME } from "./check.ts";
import type { CreateCheckpoint, UpdateCheckpoint } from "./checkpoint.ts";

export function checkpointService(
  records: RecordStore,
  stamp: () => Stamp,
  ids: IdSource,
  files: RunFiles,
): Services["checkpoints"] {
  return {
    create: async (input = {}) => {
      const at = stamp();
      return records.write("checkpoints.create", newCheckpoint(input, at, ids), at);
    },
    get: async (id) => records.read("checkpoints.get", { id: parseCheckpointId(id) }),
    search: async (input = {}) =>
      records.read("checkpoints.search", {
        ...readSearch("checkpoint", input),
        experiments: input.experiments ?? null,
      }),
    update: async (id, input) =>
      records.write("checkpoints.update", { id: parseCheckpointId(id), ...checkUpdate(input) }, stamp()),
    delete: async (id) => records.write("checkpoints.delete", { id: parseCheckpointId(id) }, stamp()),
    restore: async (id) => records.write("checkpoints.restore", { id: parseCheckpointId(id) }, stamp()),
    purge: async (id) => {
      const clear = await files.clearCheckpoint(id);
      await records.write("checkpoints.purge", { id: parseCheckpointId(id) }, stamp());
      await clear();
    },
  };
}

function newCheckpoint(input: CreateCheckpoint, { author }: Stamp, ids: IdSource): NewCheckpoint {
  return {
    id: `m-${ids.hex()}`,
    experiment: input.experiment === undefined ? null : checkWhole("An experiment's id", input.experiment, 0),
    name:
      input.name === undefined ? friendlyName(ids) : checkName("A checkpoint's name", input.name, MAX_CHECKPOINT_NAME),
    type: checkText("A checkpoint's type", input.type ?? "", MAX_CHECKPOINT_NAME),
    state: checkCheckpointState(input.state ?? "pending"),
    run: input.run == null ? null : parseRunId(input.run),
    author: checkText("An author", input.author ?? author, 250),
    parameters: checkParameters(input.parameters ?? []),
    tags: checkTags(input.tags ?? {}),
  };
}

function checkUpdate(input: UpdateCheckpoint): UpdateCheckpoint & { readonly strict: boolean } {
  const { name, type, state, message } = input;
  return {
    name: name === undefined ? undefined : checkName("A checkpoint's name", name, MAX_CHECKPOINT_NAME),
    type: type === undefined ? undefined : checkText("A checkpoint's type", type, MAX_CHECKPOINT_NAME),
    state: state === undefined ? undefined : checkCheckpointState(state),
    message: message == null ? message : checkText("A message", message),
    parameters: checkParameters(input.parameters ?? []),
    tags: checkTags(input.tags ?? {}),
    strict: input.strict ?? false,
  };
}
