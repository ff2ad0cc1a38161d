import type { Json } from "../json.ts";
import { booleanForms, type Forms, jsonForms, numberForms, tagForms, textForms } from "./forms.ts";
import type { DatasetPart, Datasets, Field, Literal, MetricStat } from "./query.ts";

/** One run (or another noun) as the judge sees it. Methods, so that a big record may be read only where it is asked. */
export interface SearchRecord {
  /** The number that breaks ties: greater is newer. */
  readonly row: number;
  attribute(name: string): Literal | null;
  /** Of the finite values for min and max; null when the run has no such value. */
  metric(key: string, stat: MetricStat, datasets?: Datasets): number | null;
  /** Every point's value, for nouns of few points; of all metrics when `key` is null. */
  points?(key: string | null, datasets?: Datasets): readonly number[];
  parameter(key: string): Json | undefined;
  tag(key: string): string | undefined;
  labels(): readonly string[];
  /** One part of every dataset that has it. */
  datasets(part: DatasetPart): readonly string[];
}

/** A record given as plain data; what is left out is missing. */
export interface PlainRecord {
  readonly row: number;
  readonly attributes?: Readonly<Record<string, Literal | null>>;
  readonly metrics?: Readonly<Record<string, { readonly [S in MetricStat]?: number | null }>>;
  readonly parameters?: Readonly<Record<string, Json>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly labels?: readonly string[];
  readonly datasets?: readonly { readonly [P in DatasetPart]?: string | null }[];
}

/**
 * @example
 * matches(parseQuery("tags.team = 'vision'", experimentSchema), buildRecord({ row: 7, tags: { team: "vision" } })); // true
 */
export function buildRecord(plain: PlainRecord): SearchRecord {
  return {
    row: plain.row,
    attribute: (name) => own(plain.attributes, name) ?? null,
    metric: (key, stat) => own(plain.metrics, key)?.[stat] ?? null,
    parameter: (key) => own(plain.parameters, key),
    tag: (key) => own(plain.tags, key),
    labels: () => plain.labels ?? [],
    datasets: (part) => (plain.datasets ?? []).map((dataset) => dataset[part]).filter(isText),
  };
}

/** User keys such as `constructor` must not find what every object inherits. */
function own<T>(values: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;
}

function isText(value: string | null | undefined): value is string {
  return typeof value === "string";
}

/** A field of which a record has at most one value. */
export type SingleField = Exclude<Field, { kind: "label" | "dataset" | "point" }>;
export type ManyField = Extract<Field, { kind: "label" | "dataset" | "point" }>;

export function isManyField(field: Field): field is ManyField {
  return field.kind === "label" || field.kind === "dataset" || field.kind === "point";
}

/** The forms of a single-valued field; null when the record lacks it. */
export function readForms(record: SearchRecord, field: SingleField): Forms | null {
  switch (field.kind) {
    case "attribute":
      return literalForms(record.attribute(field.name));
    case "metric": {
      const value = record.metric(field.key, field.stat, field.datasets);
      return value === null ? null : numberForms(value);
    }
    case "parameter": {
      const value = record.parameter(field.key);
      return value === undefined ? null : jsonForms(value);
    }
    case "tag": {
      const value = record.tag(field.key);
      return value === undefined ? null : tagForms(value);
    }
  }
}

/** The forms of a field that a record may have many of. */
export function readMany(record: SearchRecord, field: ManyField): readonly Forms[] {
  if (field.kind === "point") return record.points?.(field.key, field.datasets).map(numberForms) ?? [];
  return (field.kind === "label" ? record.labels() : record.datasets(field.name)).map(textForms);
}

function literalForms(value: Literal | null): Forms | null {
  if (value === null) return null;
  if (typeof value === "string") return textForms(value);
  return typeof value === "number" ? numberForms(value) : booleanForms(value);
}
