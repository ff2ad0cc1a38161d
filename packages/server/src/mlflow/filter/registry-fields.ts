import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonSet } from "../proto/python.ts";
import { bareKey, splitAtDot } from "./identifiers.ts";

/** MLflow's attributes → core's. */
export type Attributes = Readonly<Record<string, string>>;

export const modelAttributes: Attributes = { name: "name" };
export const versionAttributes: Attributes = {
  name: "model",
  version_number: "number",
  run_id: "run",
  source_path: "source",
};
export const modelOrders: Attributes = { name: "name", timestamp: "updated", last_updated_timestamp: "updated" };
export const versionOrders: Attributes = {
  name: "model",
  version_number: "number",
  creation_timestamp: "created",
  last_updated_timestamp: "updated",
};

export interface RegistryIdentifier {
  readonly entity: "attribute" | "tag";
  readonly key: string;
}

/** `key`, `attribute.key` or `tag[s].key`. @throws WireError */
export function parseRegistryIdentifier(name: string, attributes: Attributes): RegistryIdentifier {
  const [prefix = "attribute", rest] = splitAtDot(name);
  if (prefix !== "attribute" && prefix !== "tag" && prefix !== "tags") {
    throw invalidValue(`Invalid entity type '${clip(prefix)}'. Valid entity types are ('attribute', 'tag', 'tags')`);
  }
  const key = bareKey(rest);
  if (prefix !== "attribute") return { entity: "tag", key };
  if (Object.hasOwn(attributes, key)) return { entity: "attribute", key };
  const valid = pythonSet(Object.keys(attributes));
  throw invalidValue(`Invalid attribute key '${clip(key)}' specified. Valid keys are '${valid}'`);
}
