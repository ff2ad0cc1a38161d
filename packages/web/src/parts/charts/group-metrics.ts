import type { SeriesInfo } from "@cairn/core";
import type { RunStyle } from "../runs/run-style.ts";

export type Metric = Pick<SeriesInfo, "key" | "name" | "phase">;

/** A run as charts draw it. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  readonly style: RunStyle;
  /** Not drawn; it keeps its place and colour. */
  readonly isHidden?: boolean | undefined;
  /** The zero of the axis "time", in ms; the run's first point when it is not known. */
  readonly startedAt?: number | null | undefined;
  /** What it logged, where the screen knows it already; else the charts ask. */
  readonly metrics?: readonly Metric[] | undefined;
}

export interface ChartSeries {
  readonly run: ChartRun;
  readonly key: string;
  readonly phase: string | null;
}

/** One metric of all runs, in all phases. */
export interface MetricGroup {
  readonly name: string;
  readonly series: readonly ChartSeries[];
}

/** Metrics of one prefix. */
export interface ChartSection {
  /** `system` of `system/cpu`; "" for names without one. */
  readonly prefix: string;
  readonly charts: readonly MetricGroup[];
}

/** The order of phases in a chart: it decides which gets which marker. */
const PHASES = ["train", "val", "eval", "dev", "test"];

/**
 * A chart for each metric name, train and validation together, in sections by what stands before the first `/` of the name.
 * Names come in alphabetical order with numbers by value; the section without a prefix is first, machine figures are last.
 */
export function groupMetrics(
  runs: readonly ChartRun[],
  metricsOf: (run: ChartRun) => readonly Metric[],
): readonly ChartSection[] {
  const byName = new Map<string, ChartSeries[]>();
  for (const run of runs) {
    for (const { key, name, phase } of metricsOf(run)) {
      const series = byName.get(name);
      if (series === undefined) byName.set(name, [{ run, key, phase }]);
      else series.push({ run, key, phase });
    }
  }
  const byPrefix = new Map<string, MetricGroup[]>();
  for (const name of [...byName.keys()].sort(compareNames)) {
    const series = [...(byName.get(name) ?? [])].sort((a, b) => phaseRank(a.phase) - phaseRank(b.phase));
    const prefix = prefixOf(name);
    const charts = byPrefix.get(prefix);
    if (charts === undefined) byPrefix.set(prefix, [{ name, series }]);
    else charts.push({ name, series });
  }
  return [...byPrefix]
    .map(([prefix, charts]) => ({ prefix, charts }))
    .sort((a, b) => sectionRank(a.prefix) - sectionRank(b.prefix) || compareNames(a.prefix, b.prefix));
}

export function prefixOf(name: string): string {
  const cut = name.indexOf("/");
  return cut <= 0 ? "" : name.slice(0, cut);
}

function sectionRank(prefix: string): number {
  if (prefix === "") return 0;
  return prefix === "system" ? 2 : 1;
}

function phaseRank(phase: string | null): number {
  const rank = phase === null ? -1 : PHASES.indexOf(phase);
  return rank === -1 && phase !== null ? PHASES.length : rank;
}

const collator = new Intl.Collator("en", { numeric: true });

function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * Whether a metric's name fits what was typed: every word of it occurs, in any case; or between slashes, as a regular
 * expression (`/^grad.*norm$/`). A broken expression is taken as words.
 */
export function createMetricFilter(text: string): (name: string) => boolean {
  const pattern = /^\/(.+)\/$/.exec(text.trim())?.[1];
  if (pattern !== undefined) {
    try {
      const expression = new RegExp(pattern, "iu");
      return (name) => expression.test(name);
    } catch {
      // Half typed: it is looked for as it stands.
    }
  }
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (name) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}

/** The sections that have charts whose name fits. */
export function filterSections(sections: readonly ChartSection[], text: string): readonly ChartSection[] {
  if (text.trim() === "") return sections;
  const fits = createMetricFilter(text);
  return sections
    .map(({ prefix, charts }) => ({ prefix, charts: charts.filter(({ name }) => fits(name)) }))
    .filter(({ charts }) => charts.length > 0);
}
