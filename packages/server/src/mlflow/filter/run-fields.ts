import type { Field } from "@cairn/core";
import { RUN_NAME } from "../run-name.ts";
import type { Identifier } from "./identifiers.ts";

const aliases: Readonly<Record<string, string>> = {
  created: "start_time",
  Created: "start_time",
  "run name": "run_name",
  "Run name": "run_name",
  "Run Name": "run_name",
};

/** MLflow's attributes of a run → core's. `artifact_uri` has no field of its own: it follows from the run's id. */
const attributes: Readonly<Record<string, string>> = {
  run_id: "id",
  run_name: "name",
  user_id: "author",
  status: "state",
  artifact_uri: "id",
  start_time: "started",
  end_time: "ended",
};

export const attributeKeys = [...Object.keys(attributes), ...Object.keys(aliases)];
export const orderKeys = [...Object.keys(attributes), "created", "Created"];

/** The attribute's first name. */
export function canonicalKey(key: string): string {
  return aliases[key] ?? key;
}

/** The tag that holds the run's name is the name. */
export function fieldOf({ entity, key }: Identifier): Field {
  switch (entity) {
    case "metric":
      return { kind: "metric", key, stat: "latest" };
    case "parameter":
      return { kind: "parameter", key };
    case "tag":
      return key === RUN_NAME ? { kind: "attribute", name: "name" } : { kind: "tag", key };
    case "dataset":
      return { kind: "dataset", name: key as "name" | "digest" | "context" };
    case "attribute":
      return { kind: "attribute", name: attributes[canonicalKey(key)] ?? key };
  }
}
