import type { Forms } from "./forms.ts";
import type { Field, Literal } from "./query.ts";
import { isManyField, readForms, readMany, type SearchRecord } from "./record.ts";

/** The latest values of one metric over a group. */
export interface MetricSpread {
  /** How many of the runs have a finite latest value. */
  runs: number;
  min: number;
  max: number;
  sum: number;
}

/** Runs that have one value of a field, or none of it. */
export interface Group {
  /** null = they lack the field. */
  readonly value: Literal | null;
  runs: number;
  /** When the newest of them was made: ms since 1970. */
  newest: number;
  /** In the order asked for. */
  readonly metrics: readonly MetricSpread[];
}

/**
 * What a present value is grouped by: the number that it is or plainly says, else its text. So a group is what
 * `field = value` finds, and 0.1 and "0.1" are one.
 */
export function groupValue({ number, text, boolean }: Forms): Literal {
  return number ?? text ?? boolean ?? false;
}

/** Gathers runs, given the newest first, into groups by value. */
export interface GroupBuilder {
  /** The group's own number, from 0; the same for equal values. */
  numberOf(value: Literal | null): number;
  add(group: number, created: number, latest: readonly (number | null)[]): void;
  readonly groups: readonly Group[];
}

export function createGroups(metrics: number): GroupBuilder {
  const numbers = new Map<Literal | null, number>();
  const groups: Group[] = [];
  return {
    groups,
    numberOf(value) {
      // Of numbers NaN equals itself as a key, and -0 equals 0.
      const known = numbers.get(value);
      if (known !== undefined) return known;
      const spreads = Array.from({ length: metrics }, () => ({
        runs: 0,
        min: Number.POSITIVE_INFINITY,
        max: Number.NEGATIVE_INFINITY,
        sum: 0,
      }));
      const own = value === 0 ? 0 : value;
      const number = groups.push({ value: own, runs: 0, newest: Number.NEGATIVE_INFINITY, metrics: spreads }) - 1;
      numbers.set(value, number);
      return number;
    },
    add(number, created, latest) {
      const group = groups[number] as Group;
      group.runs++;
      if (created > group.newest) group.newest = created;
      for (let i = 0; i < metrics; i++) {
        const value = latest[i] ?? Number.NaN;
        if (!Number.isFinite(value)) continue;
        const spread = group.metrics[i] as MetricSpread;
        spread.runs++;
        spread.sum += value;
        if (value < spread.min) spread.min = value;
        if (value > spread.max) spread.max = value;
      }
    },
  };
}

/** Groups records, given the newest first, by asking each: the reference for faster ways. */
export function groupRecords(records: Iterable<SearchRecord>, by: Field, metrics: readonly string[]): readonly Group[] {
  const builder = createGroups(metrics.length);
  for (const record of records) {
    const values = new Set(valuesOf(record, by));
    const created = Number(record.attribute("created"));
    const latest = metrics.map((key) => record.metric(key, "latest"));
    for (const value of values) builder.add(builder.numberOf(value), created, latest);
  }
  return builder.groups.filter(({ runs }) => runs > 0);
}

function valuesOf(record: SearchRecord, by: Field): (Literal | null)[] {
  if (isManyField(by)) {
    const values = readMany(record, by).map(groupValue);
    return values.length === 0 ? [null] : values;
  }
  const forms = readForms(record, by);
  return [forms === null ? null : groupValue(forms)];
}
