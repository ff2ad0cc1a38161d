import { formatQuery } from "../search/format.ts";
import type { Group, MetricSpread } from "../search/groups.ts";
import type { Field, Literal } from "../search/query.ts";
import { compareKeys } from "../search/sort-key.ts";
import type { GroupsQuery } from "./check-groups.ts";
import type { GroupMetric, RunGroup, RunGroups } from "./groups.ts";

/** Orders groups and cuts the asked stretch out. Equal ones stand by value. */
export function listGroups(
  found: { readonly runs: number; readonly groups: readonly Group[] },
  { by, metrics, order, limit, offset }: GroupsQuery,
): RunGroups {
  const byValue = (a: Group, b: Group) => compareKeys(keyOf(a.value), keyOf(b.value), false);
  const compare = {
    runs: (a: Group, b: Group) => b.runs - a.runs || byValue(a, b),
    newest: (a: Group, b: Group) => b.newest - a.newest || byValue(a, b),
    value: byValue,
  }[order];
  const sorted = [...found.groups].sort(compare);
  const items = sorted.slice(offset, offset + limit).map(
    ({ value, runs, newest, metrics: spreads }): RunGroup => ({
      value,
      filter: filterOf(by, value),
      runs,
      newest,
      metrics: spreads.map((spread, at) => readSpread(metrics[at] as string, spread)),
    }),
  );
  return { items, groups: sorted.length, runs: found.runs, more: sorted.length > offset + limit };
}

function keyOf(value: Literal | null): number | string | null {
  return typeof value === "boolean" ? Number(value) : value;
}

function filterOf(field: Field, value: Literal | null): string {
  if (value === null) return formatQuery({ op: "null", field, negated: false });
  return formatQuery({ op: "compare", field, comparison: "=", value });
}

function readSpread(key: string, { runs, min, max, sum }: MetricSpread): GroupMetric {
  return runs === 0 ? { key, runs, min: null, max: null, mean: null } : { key, runs, min, max, mean: sum / runs };
}
