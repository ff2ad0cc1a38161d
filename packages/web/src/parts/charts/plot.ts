import type { RunStyle } from "../runs/run-style.ts";
import type { ChartAxis, ChartSettings } from "./chart-settings.ts";
import { cancelDraw, drawLive, drawSoon } from "./draw-queue.ts";
import { buildEpochMap, type EpochMap } from "./epochs.ts";
import type { ChartSeries } from "./group-metrics.ts";
import { buildLine, type Line } from "./lines.ts";
import type { Rows } from "./rows.ts";
import { buildScene, type Palette, type Scene, xRangeOf, yRangeOf } from "./scene.ts";
import type { SeriesRef, SeriesStore, SeriesView } from "./series-store.ts";

export interface PlotInput {
  readonly series: readonly ChartSeries[];
  readonly settings: ChartSettings;
  readonly width: number;
  readonly height: number;
  readonly isDark: boolean;
  readonly palette: Palette;
  readonly locale: string;
}

export interface PlotLine {
  readonly series: ChartSeries;
  readonly line: Line;
  readonly rows: Rows;
}

/** What a chart shows at the moment. */
export interface PlotPicture {
  readonly scene: Scene;
  readonly lines: readonly PlotLine[];
  readonly axis: ChartAxis;
  readonly locale: string;
  /** Rows drawn, and the points that they stand for. */
  readonly shown: number;
  readonly points: number;
  /** Nothing has arrived yet. */
  readonly isLoading: boolean;
  readonly error: unknown;
}

/** One chart: watches its series, makes lines of them, and tells when there is a new picture to draw. */
export interface Plot {
  update(input: PlotInput): void;
  highlight(run: string | null): void;
  /** While something is pointed at, the value axis stays where it is. */
  hold(isHeld: boolean): void;
  picture(): PlotPicture | undefined;
  dispose(): void;
}

export function createPlot(store: SeriesStore, onPicture: (picture: PlotPicture) => void): Plot {
  let input: PlotInput | undefined;
  let stops: (() => void)[] = [];
  let watched = "";
  let highlighted: string | null = null;
  let held: { readonly key: string; readonly range: readonly [number, number] } | undefined;
  let isHeld = false;
  let picture: PlotPicture | undefined;
  let lines = new Map<string, { readonly rows: Rows; readonly made: string; readonly line: Line }>();
  const draw = () => {
    if (input === undefined || input.width < 40 || input.height < 40) return;
    picture = makePicture(input);
    onPicture(picture);
    rewatch();
  };
  const hear = () => (picture === undefined || picture.isLoading ? drawSoon(draw) : drawLive(draw));

  /** What is asked for follows from what is known: a part of a run's time or epochs needs their beginnings. */
  function rewatch(): void {
    if (input === undefined) return;
    const wanted = shownSeries(input).flatMap((series) => wantedViews(store, series, input as PlotInput));
    const now = JSON.stringify(wanted);
    if (now === watched) return;
    watched = now;
    const before = stops;
    stops = wanted.map(([ref, view]) => store.watch(ref, view, hear));
    for (const stop of before) stop();
  }

  function makePicture(current: PlotInput): PlotPicture {
    const { settings, width, height, palette, locale, isDark } = current;
    const whole = wholeView(width);
    const found: { series: ChartSeries; rows: Rows; whole: Rows; epochs: EpochMap | undefined }[] = [];
    let isLoading = false;
    let error: unknown;
    for (const series of shownSeries(current)) {
      const all = store.read(refOf(series), whole);
      error ??= all.error;
      if (all.rows === undefined) {
        isLoading ||= all.error === undefined;
        continue;
      }
      const part = partOf(store, series, current);
      found.push({
        series,
        rows: (part && store.read(refOf(series), part).rows) ?? all.rows,
        whole: all.rows,
        epochs: epochsOf(store, series, current),
      });
    }
    const kept = new Map<string, { readonly rows: Rows; readonly made: string; readonly line: Line }>();
    const line = (name: string, rows: Rows, { series, epochs, whole }: (typeof found)[number], range: number) => {
      const start = startOf(store, series, current);
      const made = JSON.stringify([settings.axis, settings.smoothing, start, settings.smoothing > 0 ? range : 0]);
      const id = `${name}\n${series.run.id}\n${series.key}`;
      const old = lines.get(id);
      // Epochs grow with the run: a line over them is made anew.
      const isSame = old?.rows === rows && old.made === made && (settings.axis !== "epoch" || epochs === undefined);
      const entry = isSame
        ? old
        : {
            rows,
            made,
            line: buildLine({ rows, ...settings, start, epochOf: epochs?.epochOf, range: range || spanOf(whole) }),
          };
      kept.set(id, entry);
      return entry.line;
    };
    const wholes = found.map((each) => line("whole", each.whole, each, 0));
    const xWhole = xRangeOf(wholes) ?? [0, 1];
    const range = settings.smoothing > 0 ? roundUp(xWhole[1] - xWhole[0]) : 0;
    const drawn = found.map((each) => ({ ...each, line: line("drawn", each.rows, each, range) }));
    lines = kept;
    const xRange = settings.zoom ?? widen(xWhole);
    const key = JSON.stringify([settings.log, settings.zoom, settings.axis]);
    const fit = yRangeOf(drawn, xRange, settings.log);
    const yRange = isHeld && held?.key === key ? held.range : fit;
    held = { key, range: yRange };
    const strong =
      highlighted !== null && drawn.some(({ series }) => series.run.id === highlighted) ? highlighted : null;
    const phases = phasesOf(current.series);
    const scene = buildScene({
      ...{ width, height, xRange, yRange, palette, locale, axis: settings.axis, isLog: settings.log },
      lines: drawn.map(({ series, line }) => ({
        line,
        colour: colourOf(series.run.style, isDark),
        dash: series.run.style.dash,
        marker: Math.max(0, phases.indexOf(series.phase)) % 4,
        isFaded: strong !== null && series.run.id !== strong,
        isStrong: series.run.id === strong,
      })),
    });
    let shown = 0;
    let points = 0;
    for (const { line: each } of drawn) {
      for (let i = 0; i < each.xs.length; i++) {
        const x = each.xs[i] as number;
        if (x < xRange[0] || x > xRange[1]) continue;
        shown++;
        points += each.counts[i] as number;
      }
    }
    const isEmpty = drawn.length === 0;
    return { scene, lines: drawn, axis: settings.axis, locale, shown, points, isLoading: isLoading && isEmpty, error };
  }

  return {
    update(next) {
      input = next;
      rewatch();
      drawSoon(draw);
    },
    highlight(run) {
      if (run === highlighted) return;
      highlighted = run;
      drawSoon(draw);
    },
    hold(next) {
      isHeld = next;
    },
    picture: () => picture,
    dispose() {
      cancelDraw(draw);
      for (const stop of stops) stop();
      stops = [];
      watched = "";
      input = undefined;
    },
  };
}

/** The phases of a chart, in the order of its series: it gives each its marker. */
export function phasesOf(series: readonly ChartSeries[]): readonly (string | null)[] {
  return [...new Set(series.map(({ phase }) => phase))];
}

export function colourOf({ light, dark }: RunStyle, isDark: boolean): string {
  return isDark ? dark : light;
}

function shownSeries({ series }: PlotInput): readonly ChartSeries[] {
  return series.filter(({ run }) => run.isHidden !== true);
}

function refOf({ run, key }: ChartSeries): SeriesRef {
  return { run: run.id, key };
}

/** A row for two pixels, and short series whole. Widths are rounded: charts of nearly one size share what they ask for. */
export function wholeView(width: number): SeriesView {
  return { axis: "step", buckets: Math.min(1000, Math.max(320, Math.ceil(width / 200) * 100)) };
}

function startOf(store: SeriesStore, series: ChartSeries, { width }: PlotInput): number {
  const known = series.run.startedAt ?? undefined;
  if (known !== undefined) return known;
  const { rows } = store.read(refOf(series), wholeView(width));
  return rows === undefined || rows.minTimes.length === 0 ? 0 : rows.minTimes.reduce((a, b) => Math.min(a, b));
}

const EPOCH_KEY = "epoch";
const epochMaps = new WeakMap<Rows, { readonly map: EpochMap | undefined }>();

function epochsOf(store: SeriesStore, series: ChartSeries, { settings, width }: PlotInput): EpochMap | undefined {
  if (settings.axis !== "epoch") return undefined;
  const { rows } = store.read({ run: series.run.id, key: EPOCH_KEY }, wholeView(width));
  if (rows === undefined) return undefined;
  const known = epochMaps.get(rows) ?? { map: buildEpochMap(rows) };
  epochMaps.set(rows, known);
  return known.map;
}

/** The part of a series that the zoom shows, with some beyond its edges, where the line goes on. */
function partOf(store: SeriesStore, series: ChartSeries, input: PlotInput): SeriesView | undefined {
  const { zoom, axis } = input.settings;
  if (zoom === undefined) return undefined;
  const room = (zoom[1] - zoom[0]) * 0.1;
  const whole = wholeView(input.width);
  const start = axis === "time" ? startOf(store, series, input) : 0;
  const epochs = epochsOf(store, series, input);
  const [from, to] = [zoom[0] - room, zoom[1] + room].map((x) => (epochs === undefined ? x + start : epochs.stepOf(x)));
  return {
    axis: axis === "time" || axis === "wall" ? "time" : "step",
    from: bound(Math.floor(from ?? 0)),
    to: bound(Math.ceil(to ?? 0)),
    buckets: whole.buckets,
  };
}

function bound(value: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
}

type Wanted = readonly [SeriesRef, SeriesView];

function wantedViews(store: SeriesStore, series: ChartSeries, input: PlotInput): readonly Wanted[] {
  const whole = wholeView(input.width);
  const part = partOf(store, series, input);
  return [
    [refOf(series), whole],
    ...(input.settings.axis === "epoch" ? [[{ run: series.run.id, key: EPOCH_KEY }, whole] as const] : []),
    ...(part === undefined ? [] : [[refOf(series), part] as const]),
  ];
}

function spanOf({ minSteps, maxSteps }: Rows): number {
  return (maxSteps.at(-1) ?? 0) - (minSteps[0] ?? 0);
}

function widen([from, to]: readonly [number, number]): readonly [number, number] {
  return from === to ? [from - 0.5, to + 0.5] : [from, to];
}

/** To two digits, upwards: a growing run does not need to be smoothed anew with every point. */
function roundUp(value: number): number {
  if (!(value > 0)) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}
