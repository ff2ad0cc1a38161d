import type { Run } from "@cairn/core";
import { formatValue } from "../../lib/format.ts";
import { byWorth, metricWorth } from "../../parts/runs/metric-worth.ts";

/** Something of a run that can be an axis: a parameter or a metric's last value. */
export interface Column {
  /** `params.lr`, `metrics.loss`: also its name in a query. */
  readonly id: string;
  readonly label: string;
  readonly isMetric: boolean;
  /** Texts stand on the axis in their order; numbers by their size. */
  readonly isText: boolean;
  /** For each run; null where it has none, or none that is finite. */
  readonly values: readonly (number | string | null)[];
}

/** All columns of the runs, parameters first. A parameter with any text among its values is one of texts. */
export function columnsOf(runs: readonly Run[]): readonly Column[] {
  const parameters = new Map<string, (number | string | null)[]>();
  const metrics = new Map<string, (number | string | null)[]>();
  const put = (map: typeof metrics, key: string, index: number, value: number | string) => {
    const values = map.get(key) ?? new Array<number | string | null>(runs.length).fill(null);
    values[index] = typeof value === "number" && !Number.isFinite(value) ? null : value;
    map.set(key, values);
  };
  for (const [index, run] of runs.entries()) {
    for (const { group, key, value } of run.parameters) {
      put(
        parameters,
        group === "" ? key : `${group}/${key}`,
        index,
        typeof value === "number" ? value : formatValue(value),
      );
    }
    for (const { key, latest } of run.metrics) if (latest !== null) put(metrics, key, index, latest.value);
  }
  const build = (map: typeof metrics, isMetric: boolean) =>
    [...map]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, values]): Column => {
        const isText = values.some((value) => typeof value === "string");
        return {
          id: `${isMetric ? "metrics" : "params"}.${key}`,
          label: key,
          isMetric,
          isText,
          values: isText ? values.map((value) => (value === null ? null : String(value))) : values,
        };
      });
  return [...build(parameters, false), ...build(metrics, true)];
}

/** Whether any two runs differ there: an axis on which all stand at one place says nothing. */
export function isTelling({ values }: Column): boolean {
  return new Set(values.filter((value) => value !== null)).size > 1;
}

/** What came out, the metric that says most first; how it was trained (a learning rate) only where there is nothing else. */
function outcomes(columns: readonly Column[]): readonly Column[] {
  const metrics = columns.filter((column) => column.isMetric && isTelling(column));
  const known = metrics.filter(({ label }) => metricWorth(label) < metricWorth("lr"));
  return (known.length > 0 ? known : metrics).toSorted((one, other) => byWorth(one.label, other.label));
}

const MOST_AXES = 8;
const MOST_OUTCOMES = 3;
/** A text longer than this cannot be read beside an axis. */
const MOST_SIGNS = 32;

/**
 * The axes that are drawn when nobody chose, eight at most: parameters that differ, then three metrics, and at the end, where
 * the eye looks for the outcome, the one that says most.
 */
export function defaultAxes(columns: readonly Column[]): readonly Column[] {
  const metrics = outcomes(columns).slice(0, MOST_OUTCOMES);
  return [...inputs(columns).slice(0, MOST_AXES - metrics.length), ...metrics.toReversed()];
}

/** What runs were given and differ in. Learning rates explain most, and come first; a seed explains nothing, and comes last. */
function inputs(columns: readonly Column[]): readonly Column[] {
  const rank = ({ label }: Column) =>
    /(?:^|[/_.])(?:lr|learning_?rate)$/i.test(label) ? 0 : /(?:^|[/_.])(?:random_?)?seed$/i.test(label) ? 2 : 1;
  return columns
    .filter((column) => !column.isMetric && isTelling(column))
    .filter(({ values }) => values.every((value) => typeof value !== "string" || value.length <= MOST_SIGNS))
    .toSorted((one, other) => rank(one) - rank(other));
}

/** What is drawn across and up when nobody chose: a parameter of numbers before one of texts, and the metric that says most. */
export function defaultPair(columns: readonly Column[]): readonly [Column | undefined, Column | undefined] {
  const given = inputs(columns);
  const measured = outcomes(columns);
  const x = given.find(({ isText }) => !isText) ?? given[0] ?? measured[1] ?? measured[0] ?? columns[0];
  return [x, measured.find((column) => column !== x) ?? given.find((column) => column !== x) ?? x];
}

/** Where a value stands on its axis, 0 … 1, and the texts or numbers to be written beside it. */
export interface Scale {
  readonly place: (value: number | string | null) => number | null;
  /** The reverse of `place`; of texts the nearest one. */
  readonly valueAt: (place: number) => number | string;
  readonly ticks: readonly { readonly at: number; readonly value: number | string }[];
}

/** A scale over a column's values: even steps for texts, linear for numbers, logarithmic where they span two decades. */
export function scaleOf({ values, isText }: Column): Scale {
  if (isText) {
    const texts = [...new Set(values.filter((value) => value !== null).map(String))].sort();
    const at = (index: number) => (texts.length === 1 ? 0.5 : index / (texts.length - 1));
    return {
      place: (value) => (value === null ? null : at(texts.indexOf(String(value)))),
      valueAt: (place) => texts[Math.round(place * (texts.length - 1))] ?? "",
      ticks: texts.map((value, index) => ({ at: at(index), value })),
    };
  }
  const numbers = values.filter((value) => typeof value === "number");
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const isLog = least > 0 && most / least >= 100;
  const turn = (value: number) => (isLog ? Math.log(value) : value);
  const back = (value: number) => (isLog ? Math.exp(value) : value);
  const span = turn(most) - turn(least);
  const place = (value: number) => (span === 0 ? 0.5 : (turn(value) - turn(least)) / span);
  const valueAt = (at: number) => (span === 0 || at === 0 ? least : at === 1 ? most : back(turn(least) + at * span));
  const ticks = (span === 0 ? [0.5] : [0, 0.25, 0.5, 0.75, 1]).map((at) => ({ at, value: valueAt(at) }));
  return {
    place: (value) => (typeof value === "number" ? place(value) : null),
    valueAt,
    ticks: numbers.length === 0 ? [] : ticks,
  };
}
