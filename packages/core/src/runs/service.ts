import { invalid } from "../errors.ts";
import { checkPolicy } from "../experiments/service.ts";
import { type IdSource, parseRunId } from "../ids.ts";
import { checkName, checkText, checkWhole } from "../limits.ts";
import { readSearch } from "../search/input.ts";
import type { RunSearch } from "../search/query.ts";
import type { RunSearchInput, Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import { checkLabels, checkParameters, checkState, checkTags } from "./check.ts";
import { checkColumns } from "./check-columns.ts";
import { checkGroups } from "./check-groups.ts";
import { checkLog } from "./check-log.ts";
import type { NewRun } from "./create.ts";
import { parseRunFields, type RunFields } from "./fields.ts";
import type { RunFiles } from "./files.ts";
import { friendlyName } from "./friendly-name.ts";
import type { CreateRun, UpdateRun } from "./inputs.ts";
import type { NoteInput } from "./note.ts";

export function runService(records: RecordStore, stamp: () => Stamp, ids: IdSource, files: RunFiles): Services["runs"] {
  const get = (id: string) => records.read("runs.get", { id: parseRunId(id) });
  return {
    create: async (input = {}) => {
      const at = stamp();
      return get((await records.write("runs.create", newRun(input, at, ids), at)).id);
    },
    get: async (id) => get(id),
    search: async (input = {}) => records.read("runs.search", readRunSearch(input)),
    columns: async (input = {}) => records.read("runs.columns", checkColumns(input)),
    groups: async (input) => records.read("runs.groups", checkGroups(input)),
    lineage: async (id) => records.read("runs.lineage", { id: parseRunId(id) }),
    update: async (id, input) => {
      await records.write("runs.update", { id: parseRunId(id), ...checkUpdate(input) }, stamp());
      return get(id);
    },
    log: async (id, input) => {
      const run = parseRunId(id);
      return await records.write("runs.log", { ...checkLog(input), id: run }, stamp());
    },
    addNote: async (id, text) => records.write("runs.note", { id: parseRunId(id), text: checkNote(text) }, stamp()),
    listNotes: async (id) => records.read("runs.notes", { id: parseRunId(id) }),
    updateNote: async (id, number, text) =>
      records.write("runs.updateNote", { ...noteInput(id, number), text: checkNote(text) }, stamp()),
    deleteNote: async (id, number) => records.write("runs.deleteNote", noteInput(id, number), stamp()),
    listModules: async (id) => records.read("runs.modules", { id: parseRunId(id) }),
    listIterations: async (id) => records.read("runs.iterations", { id: parseRunId(id) }),
    clearIterations: async (id, hash) =>
      records.write("runs.clearIterations", { id: parseRunId(id), hash: hash ?? null }, stamp()),
    ping: async (id) => {
      await records.write("runs.log", { id: parseRunId(id) }, stamp());
    },
    delete: async (id) => records.write("runs.delete", { id: parseRunId(id) }, stamp()),
    restore: async (id) => {
      await records.write("runs.restore", { id: parseRunId(id) }, stamp());
      return get(id);
    },
    purge: async (id) => {
      const clear = await files.clear(id);
      await records.write("runs.purge", { id: parseRunId(id) }, stamp());
      await clear();
    },
  };
}

function checkNote(text: string): string {
  return checkText("A note", checkName("A note", text, 1_000_000));
}

function noteInput(id: string, number: number): NoteInput {
  return { id: parseRunId(id), number: checkWhole("A note's number", number, 1) };
}

function readRunSearch(input: RunSearchInput): RunSearch & { readonly fields?: RunFields } {
  const { experiments = null, offset, count, fields, cursor } = input;
  if (offset !== undefined && cursor !== undefined)
    throw invalid("A search goes on by its cursor or by an offset, not by both: leave one of them out.");
  return {
    ...readSearch("run", input),
    experiments,
    ...(offset === undefined ? {} : { offset: checkWhole("An offset", offset, 0) }),
    ...(count === true ? { count } : {}),
    ...(fields === undefined ? {} : { fields: parseRunFields(fields) }),
  };
}

function newRun(input: CreateRun, { author }: Stamp, ids: IdSource): NewRun {
  return {
    id: ids.hex(),
    experiment: input.experiment === undefined ? 0 : checkWhole("An experiment's id", input.experiment, 0),
    name: input.name === undefined ? friendlyName(ids) : checkName("A run's name", input.name),
    onConflict: input.onConflict === undefined ? null : checkPolicy(input.onConflict),
    state: checkState(input.state ?? "running"),
    author: checkText("An author", input.author ?? author, 250),
    startedAt: input.startedAt === undefined ? null : checkWhole("A start time", input.startedAt),
    parameters: checkParameters(input.parameters ?? []),
    tags: checkTags(input.tags ?? {}),
    labels: checkLabels(input.labels ?? []),
  };
}

function checkUpdate(input: UpdateRun): UpdateRun & { readonly strict: boolean } {
  return {
    name: input.name === undefined ? undefined : checkName("A run's name", input.name),
    state: input.state === undefined ? undefined : checkState(input.state),
    endedAt: input.endedAt === undefined ? undefined : checkWhole("An end time", input.endedAt),
    starred: input.starred,
    error: input.error == null ? input.error : checkText("An error", input.error),
    tags: input.tags === undefined ? undefined : checkTags(input.tags),
    strict: input.strict ?? false,
    addLabels: checkLabels(input.addLabels ?? []),
    removeLabels: checkLabels(input.removeLabels ?? []),
  };
}
