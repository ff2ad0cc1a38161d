import { findNearest } from "./nearest.ts";
import type { DatasetPart, Field, MetricStat } from "./query.ts";
import type { AttributeType, SearchSchema } from "./schema.ts";
import { isBareKey, type Segment } from "./tokens.ts";

/** A field, or why there is none. */
export type Resolved = { readonly field: Field } | { readonly expected: string; readonly hint: string };

const kindOfWord: Readonly<Record<string, Field["kind"]>> = {
  attribute: "attribute",
  attributes: "attribute",
  metric: "metric",
  metrics: "metric",
  point: "point",
  points: "point",
  param: "parameter",
  params: "parameter",
  parameter: "parameter",
  parameters: "parameter",
  tag: "tag",
  tags: "tag",
  dataset: "dataset",
  datasets: "dataset",
  label: "label",
  labels: "label",
};

const writtenAs = {
  metric: "metrics.KEY",
  point: "points.KEY",
  parameter: "params.KEY",
  tag: "tags.KEY",
  dataset: "dataset.name",
  label: "label",
} as const;

/** The words for kinds that a hint may offer. */
const suggested = ["metrics", "params", "parameters", "tags", "dataset", "label"];

const stats: readonly string[] = ["latest", "min", "max"] satisfies MetricStat[];
const parts: readonly string[] = ["name", "digest", "context"] satisfies DatasetPart[];

/** Finds what an identifier names in a noun's schema. */
export function resolveField(segments: readonly Segment[], schema: SearchSchema): Resolved {
  const [head, ...rest] = segments as [Segment, ...Segment[]];
  const word = head.quote === "" ? kindOf(head.text, schema) : undefined;
  // A version has one label of its own, an attribute, where a run has many.
  const kind = word === "label" && Object.hasOwn(schema.attributes, head.text) ? undefined : word;
  if (kind === undefined || (kind !== "label" && rest.length === 0)) return resolveAttribute(segments, schema);
  if (kind === "attribute") return resolveAttribute(rest, schema);
  if (!schema.kinds.includes(kind)) {
    return fail(schema, `There are no ${head.text} in ${schema.noun}.`);
  }
  if (kind === "label") return rest.length === 0 ? { field: { kind } } : fail(schema, "Write label = 'good'.");
  if (kind === "dataset") {
    const part = rest.map((segment) => segment.text).join(".");
    if (parts.includes(part)) return { field: { kind, name: part as DatasetPart } };
    return fail(schema, `A dataset has ${parts.join(", ")}.`);
  }
  const stat = kind === "metric" ? splitStat(rest) : null;
  const key = joinKey(stat === null ? rest : rest.slice(0, -1));
  if (key === null) {
    return {
      expected: "one key",
      hint: `Put a key with dots and quotes as a whole into double quotes: ${head.text}."a.b".`,
    };
  }
  return { field: kind === "metric" ? { kind, key, stat: stat ?? "latest" } : { kind, key } };
}

function kindOf(word: string, { words = {} }: SearchSchema): Field["kind"] | undefined {
  if (Object.hasOwn(words, word)) return words[word];
  return Object.hasOwn(kindOfWord, word) ? kindOfWord[word] : undefined;
}

/** The type by which literals and operators of a field are checked. */
export function typeOfField(field: Field, schema: SearchSchema): AttributeType | "any" {
  switch (field.kind) {
    case "attribute":
      return schema.attributes[field.name] ?? "any";
    case "metric":
    case "point":
      return "number";
    case "parameter":
    case "tag":
      return "any";
    default:
      return "text";
  }
}

/** Says why a field that did not come from text cannot be asked of this noun; null if it can. */
export function refuseField(field: Field, schema: SearchSchema): string | null {
  if (field.kind === "attribute") {
    if (Object.hasOwn(schema.attributes, field.name)) return null;
    const resolved = resolveAttribute([{ text: field.name, quote: '"' }], schema);
    return "hint" in resolved ? resolved.hint : null;
  }
  if (!schema.kinds.includes(field.kind)) return `There is no ${field.kind} in ${schema.noun}.`;
  const isMeasured = field.kind === "metric" && field.datasets !== undefined;
  return isMeasured && !schema.kinds.includes("point") ? `The metrics of ${schema.noun} name no datasets.` : null;
}

function splitStat(rest: readonly Segment[]): MetricStat | null {
  const last = rest[rest.length - 1];
  if (rest.length < 2 || last === undefined || last.quote !== "") return null;
  return stats.includes(last.text) ? (last.text as MetricStat) : null;
}

/** Bare pieces belong together (`params.a.b` is the key a.b); a quoted piece is a key by itself. */
function joinKey(segments: readonly Segment[]): string | null {
  if (segments.length > 1 && segments.some((segment) => segment.quote !== "")) return null;
  return segments.map((segment) => segment.text).join(".");
}

function resolveAttribute(segments: readonly Segment[], schema: SearchSchema): Resolved {
  const name = segments.map((segment) => segment.text).join(".");
  if (segments.length === 1 && Object.hasOwn(schema.attributes, name)) return { field: { kind: "attribute", name } };
  return fail(schema, suggest(segments, name, schema));
}

function suggest(segments: readonly Segment[], name: string, schema: SearchSchema): string {
  const [head, ...rest] = segments;
  const words = suggested.filter((word) => schema.kinds.includes(kindOfWord[word] as never));
  if (head !== undefined && rest.length > 0) {
    const near = findNearest(head.text, words);
    if (near !== undefined) return `Did you mean ${near}.${rest.map(writeSegment).join(".")}?`;
  }
  const near = findNearest(name, [...Object.keys(schema.attributes), ...words]);
  if (near !== undefined) return `Did you mean ${near in kindOfWord ? writtenAs[kindOfWord[near] as "tag"] : near}?`;
  const key = isBareKey(name) ? name : `"${name.replaceAll('"', '""')}"`;
  const guess = schema.kinds.includes("metric") ? `metrics.${key} or params.${key}` : `tags.${key}`;
  return `For a logged value write ${guess}.`;
}

function writeSegment(segment: Segment): string {
  return segment.quote + segment.text + segment.quote;
}

function fail(schema: SearchSchema, hint: string): Resolved {
  const kinds = schema.kinds.map((kind) => writtenAs[kind]);
  return {
    expected: `a field of ${schema.noun} (${[...Object.keys(schema.attributes), ...kinds].join(", ")})`,
    hint,
  };
}
