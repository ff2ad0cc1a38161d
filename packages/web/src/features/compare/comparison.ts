import type { Json, Run, SeriesInfo } from "@cairn/core";
import { formatNumber, formatValue } from "../../lib/format.ts";
import { type Better, directionOf, isBookkeeping } from "../../parts/runs/metric-direction.ts";

export type RowKind = "parameter" | "metric" | "tag" | "label";

export interface Cell {
  /** "" when the run has no such value. */
  readonly text: string;
  /** Of a metric or a numeric parameter. */
  readonly number: number | null;
  readonly isMissing: boolean;
  /** Not what the baseline has. Never so for the baseline itself. */
  readonly isDifferent: boolean;
  /** Of a metric: the best of the row, where at least two differ. */
  readonly isBest: boolean;
  /**
   * Of a metric: its change against the baseline, 0.5 for half more. Null where that says nothing: of what a run was given
   * (a seed, a size), of how it was trained (a learning rate), against zero, and across zero.
   */
  readonly change: number | null;
}

export interface Row {
  readonly kind: RowKind;
  readonly key: string;
  /** The parameter's group, or the part of a metric's key before its last slash; "" for none. */
  readonly group: string;
  /** `up`: more is better. Of metrics alone; null where neither its name nor the reader says so. */
  readonly better: Better | null;
  readonly cells: readonly Cell[];
  readonly isDiffering: boolean;
}

export type Summary = "latest" | "min" | "max";

export interface ComparisonInput {
  readonly runs: readonly Run[];
  /** Index into `runs`. */
  readonly baseline: number;
  /** What of a series is compared. */
  readonly summary: Summary;
  /** What the reader says of metrics, by key: it goes before what their names say. */
  readonly better: ReadonlyMap<string, Better>;
}

/**
 * What runs have, side by side: a row for each parameter, metric, tag and label that any of them has, in the order of
 * their keys, a cell for each run.
 */
export function compareRuns({ runs, baseline, summary, better }: ComparisonInput): readonly Row[] {
  const build = (kind: RowKind, valuesOf: (run: Run) => ReadonlyMap<string, Value>): Row[] => {
    const maps = runs.map(valuesOf);
    const keys = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
    return keys.map((key) =>
      rowOf(
        kind,
        key,
        maps.map((map) => map.get(key)),
        baseline,
        better.get(key),
      ),
    );
  };
  return [
    ...build(
      "parameter",
      ({ parameters }) => new Map(parameters.map((one) => [flatKey(one.group, one.key), parameterValue(one.value)])),
    ),
    ...build("metric", ({ metrics }) => new Map(metrics.flatMap((info) => metricValue(info, summary)))),
    ...build("tag", ({ tags }) => new Map(Object.entries(tags).map(([key, text]) => [key, { text, number: null }]))),
    ...build("label", ({ labels }) => new Map(labels.map((label) => [label, { text: "✓", number: null }]))),
  ];
}

interface Value {
  readonly text: string;
  readonly number: number | null;
}

const flatKey = (group: string, key: string): string => (group === "" ? key : `${group}/${key}`);

function parameterValue(value: Json): Value {
  return { text: formatValue(value), number: typeof value === "number" ? value : null };
}

function metricValue(info: SeriesInfo, summary: Summary): [string, Value][] {
  const point = info[summary];
  return point === null ? [] : [[info.key, { text: formatNumber(point.value), number: point.value }]];
}

function rowOf(
  kind: RowKind,
  key: string,
  values: readonly (Value | undefined)[],
  baseline: number,
  said: Better | undefined,
): Row {
  const base = values[baseline];
  const better = kind === "metric" ? (said ?? directionOf(key) ?? null) : null;
  const hasChange = kind === "metric" && !isBookkeeping(key);
  const best = better === null ? undefined : bestOf(values, better);
  const cells = values.map(
    (value, index): Cell => ({
      text: value?.text ?? "",
      number: value?.number ?? null,
      isMissing: value === undefined,
      isDifferent: index !== baseline && !isSame(value, base),
      isBest: best !== undefined && value?.number === best,
      change: hasChange && index !== baseline ? changeOf(value, base) : null,
    }),
  );
  return {
    kind,
    key,
    group: groupOf(key),
    better,
    cells,
    isDiffering: values.some((value) => !isSame(value, values[0])),
  };
}

function isSame(one: Value | undefined, other: Value | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.number !== null && other.number !== null ? Object.is(one.number, other.number) : one.text === other.text;
}

/** @returns undefined when no two finite numbers differ: then nothing is better than anything. */
function bestOf(values: readonly (Value | undefined)[], better: "up" | "down"): number | undefined {
  const numbers = values.flatMap((value) =>
    value?.number != null && Number.isFinite(value.number) ? [value.number] : [],
  );
  if (new Set(numbers).size < 2) return undefined;
  return better === "up" ? Math.max(...numbers) : Math.min(...numbers);
}

function changeOf(value: Value | undefined, base: Value | undefined): number | null {
  if (value?.number == null || base?.number == null || base.number === 0 || value.number === base.number) return null;
  if (Math.sign(value.number) === -Math.sign(base.number)) return null;
  const change = (value.number - base.number) / Math.abs(base.number);
  return Number.isFinite(change) ? change : null;
}

function groupOf(key: string): string {
  const at = key.lastIndexOf("/");
  return at < 0 ? "" : key.slice(0, at);
}
