import { type Better, directionOf } from "../../parts/runs/metric-direction.ts";
import { type Brushes, brushesText, parseBrushes } from "./brushes.ts";
import type { Summary } from "./comparison.ts";

export const COMPARISON_TABS = ["table", "charts", "parallel", "scatter"] as const;
export type ComparisonTab = (typeof COMPARISON_TABS)[number];

/** What a comparison's address says. */
export interface ComparisonView {
  readonly runs: readonly string[];
  /** How many runs the address names beyond `MAX_RUNS`. */
  readonly beyond: number;
  readonly tab: ComparisonTab;
  /** Id of the run that the others are held against; the first when it is none of them. */
  readonly baseline: string | undefined;
  readonly onlyDifferences: boolean;
  readonly summary: Summary;
  readonly filter: string;
  /** What the reader says of metrics, against what their names say. */
  readonly better: ReadonlyMap<string, Better>;
  /** Columns of the parallel coordinates; [] = chosen by themselves. */
  readonly axes: readonly string[];
  readonly brushes: Brushes;
  readonly x: string;
  readonly y: string;
  readonly chartsBy: "metric" | "run";
}

export const MAX_RUNS = 50;

type SearchText = Readonly<Record<string, string | undefined>>;

/** Reads an address; what is nonsense there is as if it were not there. */
export function parseComparison(search: SearchText): ComparisonView {
  const { runs = "", tab, baseline, all, summary, filter = "", better, axes, kept, sx = "", sy = "", by } = search;
  const named = runs.split(",").map((id) => id.trim().toLowerCase());
  const ids = [...new Set(named)].filter((id) => /^[0-9a-f]{32}$/.test(id));
  return {
    runs: ids.slice(0, MAX_RUNS),
    beyond: Math.max(0, ids.length - MAX_RUNS),
    tab: COMPARISON_TABS.find((one) => one === tab) ?? "table",
    baseline,
    onlyDifferences: all !== "1",
    summary: summary === "min" || summary === "max" ? summary : "latest",
    filter,
    better: parseBetter(better),
    axes: parseKeys(axes),
    brushes: parseBrushes(kept),
    x: sx,
    y: sy,
    chartsBy: by === "run" ? "run" : "metric",
  };
}

/** The address that says so: only what is not as by default. */
export function comparisonText(view: ComparisonView): SearchText {
  return {
    runs: view.runs.join(","),
    tab: view.tab === "table" ? undefined : view.tab,
    baseline: view.baseline,
    all: view.onlyDifferences ? undefined : "1",
    summary: view.summary === "latest" ? undefined : view.summary,
    filter: view.filter === "" ? undefined : view.filter,
    better: view.better.size === 0 ? undefined : JSON.stringify(Object.fromEntries(view.better)),
    axes: keysText(view.axes),
    kept: brushesText(view.brushes),
    sx: view.x === "" ? undefined : view.x,
    sy: view.y === "" ? undefined : view.y,
    by: view.chartsBy === "run" ? "run" : undefined,
  };
}

/** Keys may hold any sign, commas too: they travel as JSON. */
function keysText(keys: readonly string[]): string | undefined {
  return keys.length === 0 ? undefined : JSON.stringify(keys);
}

function parseBetter(text: string | undefined): ReadonlyMap<string, Better> {
  try {
    const said: unknown = JSON.parse(text ?? "{}");
    const entries = typeof said === "object" && said !== null ? Object.entries(said) : [];
    return new Map(entries.filter(([, better]) => better === "up" || better === "down"));
  } catch {
    return new Map();
  }
}

/** The reader's next word on a metric: the other way around, and back; where its name tells nothing up, down and nothing. */
export function turn(said: ReadonlyMap<string, Better>, key: string): ReadonlyMap<string, Better> {
  const usual = directionOf(key);
  const now = said.get(key) ?? usual;
  const next = now === undefined ? "up" : now === "up" ? "down" : usual === undefined ? undefined : "up";
  const turned = new Map(said);
  if (next === undefined || next === usual) turned.delete(key);
  else turned.set(key, next);
  return turned;
}

function parseKeys(text: string | undefined): readonly string[] {
  try {
    const keys: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}
