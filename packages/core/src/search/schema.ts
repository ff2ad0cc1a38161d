/** What an attribute's values are, and so which literals and operators it takes. A time is ms since 1970-01-01 UTC. */
export type AttributeType = "text" | "number" | "time" | "boolean";

/** What one noun's searches may ask about. */
export interface SearchSchema {
  /** With its article, as it stands in messages: "a run has no …". */
  readonly noun: string;
  readonly attributes: Readonly<Record<string, AttributeType>>;
  /** Which kinds of field it has beside attributes. */
  readonly kinds: readonly ("metric" | "point" | "parameter" | "tag" | "dataset" | "label")[];
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
