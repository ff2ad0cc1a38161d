export type ChartAxis = "step" | "epoch" | "time" | "wall";
export const CHART_AXES: readonly ChartAxis[] = ["step", "epoch", "time", "wall"];

/** How charts are looked at. The same for all charts of a screen, so that they can be compared. */
export interface ChartSettings {
  /** `time` is since the run's first point, in ms; `wall` the clock's, in ms since 1970. */
  readonly axis: ChartAxis;
  /** The value axis is logarithmic. */
  readonly log: boolean;
  /** 0 … 0.99; 0 draws what was logged. */
  readonly smoothing: number;
  /** Charts side by side; as many as fit when left out. */
  readonly columns?: number | undefined;
  /** The part of the x axis that is shown, in the axis' unit; all when left out. */
  readonly zoom?: readonly [from: number, to: number] | undefined;
  /** The name of the chart that is shown alone, as large as the window. */
  readonly enlarged?: string | undefined;
}

export const DEFAULT_CHART_SETTINGS: ChartSettings = { axis: "step", log: false, smoothing: 0 };
export const MAX_SMOOTHING = 0.99;

type Search = Readonly<Record<string, unknown>>;
/** The keys of the address that hold chart settings. */
export type ChartSearch = { readonly [K in "x" | "log" | "smooth" | "cols" | "zoom" | "chart"]: string | undefined };

/** Reads the settings from an address' search; what is missing or nonsense is as by default. */
export function parseChartSettings(search: Search): ChartSettings {
  const axis = CHART_AXES.find((each) => each === search["x"]) ?? DEFAULT_CHART_SETTINGS.axis;
  const smoothing = Number(search["smooth"] ?? 0);
  const columns = Number(search["cols"] ?? 0);
  const zoom = parseZoom(search["zoom"]);
  const enlarged = search["chart"];
  return {
    axis,
    log: search["log"] === "y",
    smoothing: smoothing >= 0 && smoothing <= MAX_SMOOTHING ? smoothing : 0,
    ...(Number.isInteger(columns) && columns >= 1 && columns <= 8 ? { columns } : {}),
    ...(zoom === undefined ? {} : { zoom }),
    ...(typeof enlarged === "string" && enlarged !== "" ? { enlarged } : {}),
  };
}

/** The settings as texts for an address' search; undefined for what is as by default, which leaves it out. */
export function chartSettingsText({ axis, log, smoothing, columns, zoom, enlarged }: ChartSettings): ChartSearch {
  return {
    x: axis === DEFAULT_CHART_SETTINGS.axis ? undefined : axis,
    log: log ? "y" : undefined,
    smooth: smoothing === 0 ? undefined : String(smoothing),
    cols: columns === undefined ? undefined : String(columns),
    zoom: zoom?.join("~"),
    chart: enlarged,
  };
}

function parseZoom(text: unknown): readonly [number, number] | undefined {
  const parts = typeof text === "string" ? text.split("~") : [];
  const [from, to] = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (parts.length !== 2 || from === undefined || to === undefined) return undefined;
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : undefined;
}
