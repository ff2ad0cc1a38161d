import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonList, pythonSet } from "../proto/python.ts";
import { isQuoted, unquote } from "./tokens.ts";

export type Entity = "metric" | "parameter" | "tag" | "attribute" | "dataset";

export interface Identifier {
  readonly entity: Entity;
  readonly key: string;
}

const entities: Readonly<Record<string, Entity>> = {
  metric: "metric",
  metrics: "metric",
  parameter: "parameter",
  parameters: "parameter",
  param: "parameter",
  params: "parameter",
  tag: "tag",
  tags: "tag",
  attribute: "attribute",
  attributes: "attribute",
  attr: "attribute",
  run: "attribute",
  dataset: "dataset",
  datasets: "dataset",
};

const datasetKeys = ["name", "digest", "context"] as const;

/** `entity.key` of a search for runs; without an entity it is an attribute, which must be one of `attributes`. */
export function parseIdentifier(name: string, attributes: readonly string[]): Identifier {
  const [prefix, rest] = splitAtDot(name);
  const entity = prefix === undefined ? "attribute" : entityOf(prefix);
  const key = bareKey(rest);
  if (entity === "attribute" && !attributes.includes(key)) {
    throw invalidValue(`Invalid attribute key '${clip(key)}' specified. Valid keys are '${pythonSet(attributes)}'`);
  }
  if (entity === "dataset" && !(datasetKeys as readonly string[]).includes(key)) {
    throw invalidValue(`Invalid dataset key '${clip(key)}' specified. Valid keys are '${pythonSet(datasetKeys)}'`);
  }
  return { entity, key };
}

function entityOf(prefix: string): Entity {
  const name = isQuoted(prefix, "`") ? prefix.slice(1, -1) : prefix;
  const entity = Object.hasOwn(entities, name) ? entities[name] : undefined;
  if (entity !== undefined) return entity;
  const valid = pythonList(["metric", "parameter", "tag", "attribute", "dataset"]);
  throw invalidValue(`Invalid entity type '${clip(name)}'. Valid values are ${valid}`);
}

export function splitAtDot(name: string): readonly [prefix: string | undefined, rest: string] {
  const dot = name.indexOf(".");
  return dot < 0 ? [undefined, name] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** A key without its quotes or backticks. */
export function bareKey(key: string): string {
  return unquote(key) ?? (isQuoted(key, "`") ? key.slice(1, -1) : key);
}
