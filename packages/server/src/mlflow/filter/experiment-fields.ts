import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonSet } from "../proto/python.ts";
import { bareKey, splitAtDot } from "./identifiers.ts";

/** MLflow's attributes of an experiment → core's. */
export const attributes: Readonly<Record<string, string>> = {
  name: "name",
  experiment_id: "id",
  creation_time: "created",
  last_update_time: "updated",
};

export interface ExperimentIdentifier {
  readonly entity: "attribute" | "tag";
  readonly key: string;
}

/** `key`, `attribute.key` or `tag[s].key`. @throws WireError */
export function parseExperimentIdentifier(name: string): ExperimentIdentifier {
  const [prefix = "attribute", rest] = splitAtDot(name);
  if (prefix !== "attribute" && prefix !== "tag" && prefix !== "tags") {
    throw invalidValue(`Invalid entity type '${clip(prefix)}'. Valid entity types are ('attribute', 'tag', 'tags')`);
  }
  const key = bareKey(rest);
  if (prefix !== "attribute") return { entity: "tag", key };
  if (!Object.hasOwn(attributes, key)) {
    const valid = pythonSet(Object.keys(attributes));
    throw invalidValue(`Invalid attribute key '${clip(key)}' specified. Valid keys are '${valid}'`);
  }
  return { entity: "attribute", key };
}
