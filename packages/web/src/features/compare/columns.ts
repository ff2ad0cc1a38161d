import type { Run } from "@cairn/core";
import { formatValue } from "../../lib/format.ts";

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

/** The axes that are drawn when nobody chose: what differs, parameters then metrics, eight at most. */
export function defaultAxes(columns: readonly Column[]): readonly Column[] {
  const telling = columns.filter(isTelling);
  const metrics = telling.filter(({ isMetric }) => isMetric).slice(0, 4);
  return [...telling.filter(({ isMetric }) => !isMetric).slice(0, 8 - metrics.length), ...metrics];
}

/** Where a value stands on its axis, 0 … 1, and the texts or numbers to be written beside it. */
export interface Scale {
  readonly place: (value: number | string | null) => number | null;
  readonly ticks: readonly { readonly at: number; readonly value: number | string }[];
}

/** A scale over a column's values: even steps for texts, linear for numbers, logarithmic where they span three decades. */
export function scaleOf({ values, isText }: Column): Scale {
  if (isText) {
    const texts = [...new Set(values.filter((value) => value !== null).map(String))].sort();
    const at = (index: number) => (texts.length === 1 ? 0.5 : index / (texts.length - 1));
    return {
      place: (value) => (value === null ? null : at(texts.indexOf(String(value)))),
      ticks: texts.map((value, index) => ({ at: at(index), value })),
    };
  }
  const numbers = values.filter((value) => typeof value === "number");
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const isLog = least > 0 && most / least >= 1000;
  const turn = (value: number) => (isLog ? Math.log(value) : value);
  const back = (value: number) => (isLog ? Math.exp(value) : value);
  const span = turn(most) - turn(least);
  const place = (value: number) => (span === 0 ? 0.5 : (turn(value) - turn(least)) / span);
  const ticks = (span === 0 ? [0.5] : [0, 0.25, 0.5, 0.75, 1]).map((at) => ({
    at,
    value: span === 0 ? least : at === 1 ? most : at === 0 ? least : back(turn(least) + at * span),
  }));
  return {
    place: (value) => (typeof value === "number" ? place(value) : null),
    ticks: numbers.length === 0 ? [] : ticks,
  };
}
