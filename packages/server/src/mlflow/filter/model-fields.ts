import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonRepr, pythonSet } from "../proto/python.ts";
import { bareKey } from "./identifiers.ts";

/** MLflow's attributes of a logged model → core's. */
export const attributes: Readonly<Record<string, string>> = {
  model_id: "id",
  name: "name",
  model_type: "type",
  status: "state",
  source_run_id: "run",
  creation_timestamp: "created",
  creation_timestamp_ms: "created",
  creation_time: "created",
  last_updated_timestamp: "updated",
  last_updated_timestamp_ms: "updated",
  last_updated_time: "updated",
};

export type ModelEntity = "attributes" | "metrics" | "params" | "tags";
const entities: readonly ModelEntity[] = ["attributes", "metrics", "params", "tags"];

export interface ModelIdentifier {
  readonly entity: ModelEntity;
  readonly key: string;
}

/** `key`, which is an attribute, or `entity.key`. @throws WireError */
export function parseModelIdentifier(name: string): ModelIdentifier {
  const [, prefix = "attributes", rest = name] = /^([a-z]+)\.(.+)$/s.exec(name) ?? [];
  const entity = entities.find((each) => each === prefix);
  if (entity === undefined) {
    throw invalidValue(
      `Invalid entity type: ${pythonRepr(clip(prefix))}. Expected one of ['attributes', 'metrics', 'params', 'tags'].`,
    );
  }
  const key = bareKey(rest);
  if (entity === "attributes" && !Object.hasOwn(attributes, key)) {
    const valid = pythonSet(Object.keys(attributes));
    throw invalidValue(`Invalid attribute key '${clip(key)}' specified. Valid keys are '${valid}'`);
  }
  return { entity, key };
}
