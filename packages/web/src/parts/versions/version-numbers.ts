import type { Json, Run, SeriesInfo, Version } from "@cairn/core";

/** Something of a version that is compared with other versions': of its metadata, or measured by the run that made it. */
export interface VersionField {
  readonly kind: "metadata" | "metric";
  readonly key: string;
}

/** As it stands in an address: `accuracy`, or `metric:val/loss`. */
export function fieldText({ kind, key }: VersionField): string {
  return kind === "metric" ? `metric:${key}` : `meta:${key}`;
}

/** @returns undefined for what names no field. */
export function parseField(text: string): VersionField | undefined {
  const match = /^(meta|metric):(.+)$/s.exec(text);
  if (match === null) return undefined;
  return { kind: match[1] === "metric" ? "metric" : "metadata", key: match[2] ?? "" };
}

/** Fields in an address, parted by lines. Nonsense is passed over. */
export function parseFields(text: string | undefined): readonly VersionField[] | undefined {
  if (text === undefined) return undefined;
  return text.split("\n").flatMap((part) => parseField(part) ?? []);
}

export function fieldsText(fields: readonly VersionField[]): string {
  // An empty list is a choice too, and differs from none.
  return fields.length === 0 ? "none" : fields.map(fieldText).join("\n");
}

/** What a version has in a field; metrics are the latest values of its run. */
export function fieldValue(field: VersionField, version: Version, run: Run | undefined): Json | undefined {
  if (field.kind === "metadata")
    return Object.hasOwn(version.metadata, field.key) ? version.metadata[field.key] : undefined;
  return run?.metrics.find(({ key }) => key === field.key)?.latest?.value;
}

/** Latest values of a run's metrics, by key. */
export function metricValues(metrics: readonly SeriesInfo[]): Readonly<Record<string, number>> {
  return Object.fromEntries(metrics.flatMap(({ key, latest }) => (latest === null ? [] : [[key, latest.value]])));
}

/**
 * All fields of some versions: numbers of the metadata first, then its other short values, then metrics (those of a
 * validation or test before others); within each, what most versions have comes first.
 */
export function fieldsOf(versions: readonly Version[], runs: ReadonlyMap<string, Run>): readonly VersionField[] {
  const counted = new Map<string, { readonly field: VersionField; readonly rank: number; count: number }>();
  const count = (field: VersionField, rank: number) => {
    const name = fieldText(field);
    const known = counted.get(name);
    if (known === undefined) counted.set(name, { field, rank, count: 1 });
    else known.count++;
  };
  for (const version of versions) {
    for (const [key, value] of Object.entries(version.metadata)) {
      count({ kind: "metadata", key }, typeof value === "number" ? 0 : 2);
    }
    const run = version.run === null ? undefined : runs.get(version.run);
    for (const { key, phase } of run?.metrics ?? []) count({ kind: "metric", key }, isHeldOut(phase) ? 1 : 3);
  }
  return [...counted.values()]
    .sort((a, b) => a.rank - b.rank || b.count - a.count || (a.field.key < b.field.key ? -1 : 1))
    .map(({ field }) => field);
}

function isHeldOut(phase: string | null): boolean {
  return phase !== null && /^(val|valid|validation|test|eval)$/i.test(phase);
}
