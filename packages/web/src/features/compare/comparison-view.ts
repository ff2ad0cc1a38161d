import type { Summary } from "./comparison.ts";

export const COMPARISON_TABS = ["table", "charts", "parallel", "scatter"] as const;
export type ComparisonTab = (typeof COMPARISON_TABS)[number];

/** What a comparison's address says. */
export interface ComparisonView {
  readonly runs: readonly string[];
  readonly tab: ComparisonTab;
  /** Id of the run that the others are held against; the first when it is none of them. */
  readonly baseline: string | undefined;
  readonly onlyDifferences: boolean;
  readonly summary: Summary;
  readonly filter: string;
  /** Metrics whose direction the reader turned around. */
  readonly turned: readonly string[];
  /** Columns of the parallel coordinates; [] = chosen by themselves. */
  readonly axes: readonly string[];
  readonly x: string;
  readonly y: string;
  readonly chartsBy: "metric" | "run";
}

export const MAX_RUNS = 50;

type SearchText = Readonly<Record<string, string | undefined>>;

/** Reads an address; what is nonsense there is as if it were not there. */
export function parseComparison(search: SearchText): ComparisonView {
  const { runs = "", tab, baseline, all, summary, filter = "", turned, axes, sx = "", sy = "", by } = search;
  const ids = runs.split(",").map((id) => id.trim().toLowerCase());
  return {
    runs: [...new Set(ids)].filter((id) => /^[0-9a-f]{32}$/.test(id)).slice(0, MAX_RUNS),
    tab: COMPARISON_TABS.find((one) => one === tab) ?? "table",
    baseline,
    onlyDifferences: all !== "1",
    summary: summary === "min" || summary === "max" ? summary : "latest",
    filter,
    turned: parseKeys(turned),
    axes: parseKeys(axes),
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
    turned: keysText(view.turned),
    axes: keysText(view.axes),
    sx: view.x === "" ? undefined : view.x,
    sy: view.y === "" ? undefined : view.y,
    by: view.chartsBy === "run" ? "run" : undefined,
  };
}

/** Keys may hold any sign, commas too: they travel as JSON. */
function keysText(keys: readonly string[]): string | undefined {
  return keys.length === 0 ? undefined : JSON.stringify(keys);
}

function parseKeys(text: string | undefined): readonly string[] {
  try {
    const keys: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}
