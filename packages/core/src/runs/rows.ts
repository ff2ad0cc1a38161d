import { table } from "../store/table.ts";

export interface RunRow {
  /** The number by which the run's other rows name it. Grows with creation, never reused. */
  row: number;
  /** 32 hex digits: the name outside. */
  id: string;
  experiment: number;
  name: string;
  state: string;
  author: string;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** The last write or ping. */
  heartbeatAt: number;
  /** Set = soft-deleted by itself; a deleted experiment deletes its runs without touching this. */
  deletedAt: number | null;
  starred: number;
  /** 0 before the first start; grows by one with each start or resume. */
  attempt: number;
  /** Why it failed, if a client said so. */
  error: string | null;
}

export const runs = table<RunRow>()({
  columns: {
    row: "int",
    id: "text",
    experiment: "int",
    name: "text",
    state: "text",
    author: "text",
    createdAt: "int",
    startedAt: "int?",
    endedAt: "int?",
    heartbeatAt: "int",
    deletedAt: "int?",
    starred: "int",
    attempt: "int",
    error: "text?",
  },
  key: ["row"],
  indexes: { byId: ["id"], byExperiment: ["experiment"], byName: ["experiment", "name"] },
  unique: ["byId"],
});

/** Keys of parameters, tags and series, written once and named by number elsewhere. Never changed, never removed. */
export interface NameRow {
  id: number;
  text: string;
}

export const names = table<NameRow>()({
  columns: { id: "int", text: "text" },
  key: ["id"],
  indexes: { byText: ["text"] },
  unique: ["byText"],
});

/** `name` is the flat key (`key` or `group/key`), `group` its leading part or "". `value` is JSON text (see `encodeValue`). */
export interface ParameterRow {
  run: number;
  name: number;
  group: string;
  value: string;
}

export const parameters = table<ParameterRow>()({
  columns: { run: "int", name: "int", group: "text", value: "text" },
  key: ["run", "name"],
  indexes: { byName: ["name", "run"] },
});

export interface TagRow {
  run: number;
  name: number;
  value: string;
}

export const tags = table<TagRow>()({
  columns: { run: "int", name: "int", value: "text" },
  key: ["run", "name"],
  indexes: { byName: ["name", "run"] },
});

export interface RunLabelRow {
  run: number;
  label: string;
}

export const runLabels = table<RunLabelRow>()({
  columns: { run: "int", label: "text" },
  key: ["run", "label"],
  indexes: { byLabel: ["label", "run"] },
});

/** A label outlives its last use, so that it can be offered again. */
export interface LabelRow {
  project: number;
  label: string;
}

export const labels = table<LabelRow>()({ columns: { project: "int", label: "text" }, key: ["project", "label"] });

export interface NoteRow {
  run: number;
  number: number;
  at: number;
  author: string;
  text: string;
}

export const notes = table<NoteRow>()({
  columns: { run: "int", number: "int", at: "int", author: "text", text: "text" },
  key: ["run", "number"],
});

/** `parameters` is a JSON object. `number` keeps the order of logging; (type, hash) is the identity within a run. */
export interface ModuleRow {
  run: number;
  number: number;
  type: string;
  name: string;
  hash: string;
  parameters: string;
}

export const modules = table<ModuleRow>()({
  columns: { run: "int", number: "int", type: "text", name: "text", hash: "text", parameters: "text" },
  key: ["run", "number"],
  indexes: { byHash: ["run", "type", "hash"] },
  unique: ["byHash"],
});

/** `arguments` (of the loader) and `modules` are JSON; `dataset` is JSON {name, hash, arguments}. Identity: (run, hash). */
export interface IterationRow {
  run: number;
  number: number;
  hash: string;
  phase: string | null;
  epoch: number | null;
  dataset: string | null;
  arguments: string;
  modules: string;
}

export const iterations = table<IterationRow>()({
  columns: {
    run: "int",
    number: "int",
    hash: "text",
    phase: "text?",
    epoch: "int?",
    dataset: "text?",
    arguments: "text",
    modules: "text",
  },
  key: ["run", "number"],
  indexes: { byHash: ["run", "hash"] },
  unique: ["byHash"],
});

/**
 * What was really deleted and whose rows the writer is still taking away, slice by slice. `kind` is `run` or `checkpoint`
 * (then `number` is its row and `id` its id), `experiment` (then `number` is its id, and what is in it is found by it),
 * `version` (then `number` is its row's id and `id` its tree) or `model` (then `number` is its id).
 * The own row of each is gone at once, so nothing of it is seen meanwhile.
 */
export interface PurgeRow {
  kind: string;
  number: number;
  id: string;
}

export const purges = table<PurgeRow>()({
  columns: { kind: "text", number: "int", id: "text" },
  key: ["kind", "number"],
});
