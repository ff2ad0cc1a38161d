import { table } from "../store/table.ts";

/** A repository of versions. Its name is unique in its project, deleted or not. */
export interface ModelRow {
  id: number;
  project: number;
  name: string;
  description: string;
  author: string;
  /** The highest number that a version of it ever had: numbers are never given out again. */
  lastNumber: number;
  /** How many versions there are. */
  versions: number;
  createdAt: number;
  updatedAt: number;
  /** Set = soft-deleted. */
  deletedAt: number | null;
}

export const models = table<ModelRow>()({
  columns: {
    id: "int",
    project: "int",
    name: "text",
    description: "text",
    author: "text",
    lastNumber: "int",
    versions: "int",
    createdAt: "int",
    updatedAt: "int",
    deletedAt: "int?",
  },
  key: ["id"],
  indexes: { byName: ["project", "name"] },
  unique: ["byName"],
});

export interface ModelTagRow {
  model: number;
  key: string;
  value: string;
}

export const modelTags = table<ModelTagRow>()({
  columns: { model: "int", key: "text", value: "text" },
  key: ["model", "key"],
});

/** A name that points at one version. `latest` is never kept: it follows from the versions. */
export interface AliasRow {
  model: number;
  alias: string;
  number: number;
}

export const aliases = table<AliasRow>()({
  columns: { model: "int", alias: "text", number: "int" },
  key: ["model", "alias"],
  indexes: { byVersion: ["model", "number"] },
});

/**
 * One state of a model. (model, number) is its name outside; `id` grows with creation over all models, and its other rows
 * name it by that. Its files are the tree `version/<model>.<number>`.
 */
export interface VersionRow {
  id: number;
  model: number;
  number: number;
  /** Unique in its model; "" = none. */
  label: string;
  state: string;
  stage: string;
  comment: string;
  author: string;
  /** "" = none. */
  run: string;
  source: string | null;
  link: string | null;
  /** "" = none. */
  checkpoint: string;
  /** Of the files that stand now. */
  files: number;
  bytes: number;
  createdAt: number;
  updatedAt: number;
  sealedAt: number | null;
}

export const versions = table<VersionRow>()({
  columns: {
    id: "int",
    model: "int",
    number: "int",
    label: "text",
    state: "text",
    stage: "text",
    comment: "text",
    author: "text",
    run: "text",
    source: "text?",
    link: "text?",
    checkpoint: "text",
    files: "int",
    bytes: "int",
    createdAt: "int",
    updatedAt: "int",
    sealedAt: "int?",
  },
  key: ["id"],
  indexes: {
    byNumber: ["model", "number"],
    byLabel: ["model", "label"],
    byState: ["model", "state", "number"],
    byStage: ["model", "state", "stage", "number"],
    byRun: ["run"],
    byCheckpoint: ["checkpoint"],
  },
  unique: ["byNumber"],
});

/** One line of a model's history (`ModelHistoryEntry`). Never changed. */
export interface ModelHistoryRow {
  model: number;
  number: number;
  at: number;
  author: string;
  what: string;
  version: number;
  name: string | null;
  from: string | null;
  to: string | null;
  reason: string | null;
}

export const modelHistory = table<ModelHistoryRow>()({
  columns: {
    model: "int",
    number: "int",
    at: "int",
    author: "text",
    what: "text",
    version: "int",
    name: "text?",
    from: "text?",
    to: "text?",
    reason: "text?",
  },
  key: ["model", "number"],
});

export interface VersionTagRow {
  version: number;
  key: string;
  value: string;
}

export const versionTags = table<VersionTagRow>()({
  columns: { version: "int", key: "text", value: "text" },
  key: ["version", "key"],
});

/** `value` is JSON text (see `encodeValue`). */
export interface VersionMetadataRow {
  version: number;
  key: string;
  value: string;
}

export const versionMetadata = table<VersionMetadataRow>()({
  columns: { version: "int", key: "text", value: "text" },
  key: ["version", "key"],
});
