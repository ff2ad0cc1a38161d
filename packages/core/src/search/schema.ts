/** What an attribute's values are, and so which literals and operators it takes. A time is ms since 1970-01-01 UTC. */
export type AttributeType = "text" | "number" | "time" | "boolean";

/** What one noun's searches may ask about. */
export interface SearchSchema {
  /** With its article, as it stands in messages: "a run has no …". */
  readonly noun: string;
  readonly attributes: Readonly<Record<string, AttributeType>>;
  /** What to write instead, for attributes that people take for something else, when a literal has the wrong type. */
  readonly hints?: Readonly<Record<string, string>>;
  /** Which kinds of field it has beside attributes. */
  readonly kinds: readonly ("metric" | "point" | "parameter" | "tag" | "dataset" | "label")[];
  /** Words of its own for kinds of field. */
  readonly words?: Readonly<Record<string, "parameter">>;
}

export const runSchema: SearchSchema = {
  noun: "a run",
  attributes: {
    id: "text",
    name: "text",
    state: "text",
    author: "text",
    error: "text",
    experiment: "number",
    created: "time",
    started: "time",
    ended: "time",
    heartbeat: "time",
    duration: "number",
    starred: "boolean",
    attempt: "number",
  },
  hints: {
    experiment:
      "An experiment goes by its number here, such as experiment = 3; the list of experiments tells which number a name has.",
  },
  kinds: ["metric", "parameter", "tag", "dataset", "label"],
};

export const experimentSchema: SearchSchema = {
  noun: "an experiment",
  attributes: { id: "number", name: "text", description: "text", created: "time", updated: "time" },
  kinds: ["tag"],
};

/** A checkpoint's metrics are what runs measured of it: `latest` is the newest, `points.KEY` asks of any. */
export const checkpointSchema: SearchSchema = {
  noun: "a checkpoint",
  attributes: {
    id: "text",
    name: "text",
    type: "text",
    state: "text",
    message: "text",
    run: "text",
    author: "text",
    experiment: "number",
    created: "time",
    updated: "time",
  },
  kinds: ["metric", "point", "parameter", "tag"],
};

export const modelSchema: SearchSchema = {
  noun: "a model",
  attributes: {
    id: "number",
    name: "text",
    description: "text",
    author: "text",
    created: "time",
    updated: "time",
    versions: "number",
    latest: "number",
  },
  kinds: ["tag"],
};

/** `metadata.KEY` asks for a version's metadata, which are compared as a run's parameters are. */
export const versionSchema: SearchSchema = {
  noun: "a version",
  attributes: {
    model: "text",
    number: "number",
    label: "text",
    state: "text",
    stage: "text",
    comment: "text",
    author: "text",
    run: "text",
    source: "text",
    checkpoint: "text",
    files: "number",
    bytes: "number",
    created: "time",
    updated: "time",
    sealed: "time",
  },
  kinds: ["parameter", "tag"],
  words: { metadata: "parameter" },
};
