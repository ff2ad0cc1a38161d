import { Maximize2 } from "lucide-react";
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { formatNumber } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { ChartLegend } from "./ChartLegend.tsx";
import { ChartTooltip } from "./ChartTooltip.tsx";
import { chartSeries } from "./chart-series.ts";
import type { ChartSettings } from "./chart-settings.ts";
import styles from "./charts.module.css";
import type { ChartSeries } from "./group-metrics.ts";
import { createHoverStore, type HoverStore } from "./hover.ts";
import type { PlotPicture } from "./plot.ts";
import { nearestReading, type Reading, readAt, stepAlong } from "./reading.ts";
import { chartTexts } from "./texts.ts";
import { usePlot } from "./use-plot.ts";
import { xText } from "./x-text.ts";

export interface MetricChartProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  /** Shared by charts whose crosshairs move together. */
  readonly hover?: HoverStore | undefined;
  readonly onEnlarge?: (() => void) | undefined;
  /** It fills the height that it is given. */
  readonly isLarge?: boolean | undefined;
  readonly actions?: ReactNode;
}

/** Pixels that the pointer moves before it is a drag. */
const DRAG = 6;
/** Names that are read aloud at most. */
const SPOKEN = 5;

interface Shown {
  readonly x: number;
  readonly readings: readonly Reading[];
  readonly left: number;
  readonly top: number;
}

/** One metric of several runs as a chart: pointer, keyboard, and what it says about itself. */
export const MetricChart = memo(function MetricChart(props: MetricChartProps) {
  const { title, series, settings, onSettings, onEnlarge, isLarge = false, actions } = props;
  const t = useTexts(chartTexts);
  const id = useId();
  const [own] = useState(createHoverStore);
  const hover = props.hover ?? own;
  const crosshair = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly from: number; to: number; isDrag: boolean } | null>(null);
  const selection = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>();
  const [isPinned, setPinned] = useState(false);
  const [spoken, setSpoken] = useState<{ readonly x: number; readonly text: string }>();
  const [state, setState] = useState<PictureState>({ kind: "loading" });

  const { box, canvas, plot } = usePlot({
    series,
    settings,
    hover,
    onPicture: (picture) => {
      const next = stateOf(picture, settings);
      setState((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
      placeCrosshair();
    },
  });

  const placeCrosshair = () => {
    const line = crosshair.current;
    const scene = plot.current?.picture()?.scene;
    const { x } = hover.get();
    if (line === null) return;
    const at = scene === undefined || x === null ? Number.NaN : scene.x.at(x);
    const isIn = scene !== undefined && at >= scene.left - 1 && at <= scene.right + 1;
    line.style.display = isIn ? "block" : "none";
    if (!isIn) return;
    line.style.transform = `translateX(${Math.round(at)}px)`;
    line.style.top = `${scene.top}px`;
    line.style.height = `${scene.bottom - scene.top}px`;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: placeCrosshair reads refs only
  useEffect(
    () =>
      hover.subscribe(({ chart }) => {
        placeCrosshair();
        if (chart !== id) {
          setShown(undefined);
          setPinned(false);
        }
      }),
    [hover, id],
  );

  const pointAt = (clientX: number, clientY: number) => {
    const picture = plot.current?.picture();
    const rect = box.current?.getBoundingClientRect();
    if (picture === undefined || rect === undefined) return;
    const x = picture.scene.x.invert(clientX - rect.left);
    const readings = readAt(picture, x);
    const near = nearestReading(readings, picture, clientY - rect.top);
    const snapped = near?.x ?? x;
    hover.set({ chart: id, x: snapped, run: near?.plotLine.series.run.id ?? null });
    setShown({ x: snapped, readings, left: rect.left + picture.scene.x.at(snapped), top: clientY });
  };

  const leave = () => {
    plot.current?.hold(false);
    if (isPinned) return;
    setShown(undefined);
    setSpoken(undefined);
    if (hover.get().chart === id) hover.set({ chart: null, x: null, run: null });
  };

  const showSelection = () => {
    const element = selection.current;
    const rect = box.current?.getBoundingClientRect();
    const scene = plot.current?.picture()?.scene;
    if (element === null || rect === undefined || scene === undefined) return;
    const now = drag.current;
    element.style.display = now?.isDrag ? "block" : "none";
    if (now === null) return;
    const clamp = (x: number) => Math.max(scene.left, Math.min(scene.right, x - rect.left));
    const [a, b] = [clamp(now.from), clamp(now.to)].sort((p, q) => p - q) as [number, number];
    element.style.left = `${a}px`;
    element.style.width = `${b - a}px`;
    element.style.top = `${scene.top}px`;
    element.style.height = `${scene.bottom - scene.top}px`;
  };

  const onPointerMove = (event: PointerEvent) => {
    if (drag.current !== null) {
      drag.current.to = event.clientX;
      drag.current.isDrag ||= Math.abs(event.clientX - drag.current.from) > DRAG;
      if (drag.current.isDrag) return showSelection();
    }
    plot.current?.hold(true);
    if (!isPinned) pointAt(event.clientX, event.clientY);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    drag.current = { from: event.clientX, to: event.clientX, isDrag: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };

  const onPointerUp = (event: PointerEvent) => {
    const done = drag.current;
    drag.current = null;
    showSelection();
    const scene = plot.current?.picture()?.scene;
    const rect = box.current?.getBoundingClientRect();
    if (done === null || scene === undefined || rect === undefined) return;
    if (done.isDrag) {
      const ends = [done.from, done.to].map((x) =>
        scene.x.invert(Math.max(scene.left, Math.min(scene.right, x - rect.left))),
      );
      return zoomTo(Math.min(...ends), Math.max(...ends));
    }
    if (!isPinned) pointAt(event.clientX, event.clientY);
    setPinned(!isPinned);
  };

  const zoomTo = (from: number, to: number) => {
    const isWhole = settings.axis !== "epoch";
    const zoom = [isWhole ? Math.floor(from) : from, isWhole ? Math.ceil(to) : to] as const;
    if (zoom[1] > zoom[0]) onSettings({ ...settings, zoom });
  };

  const resetZoom = () => {
    setPinned(false);
    if (settings.zoom !== undefined) onSettings({ ...settings, zoom: undefined });
  };

  const speak = (x: number) => {
    const picture = plot.current?.picture();
    const rect = box.current?.getBoundingClientRect();
    if (picture === undefined || rect === undefined) return;
    const readings = readAt(picture, x);
    const { run } = hover.get();
    const first = readings.filter(({ plotLine }) => plotLine.series.run.id === run);
    const said = [...first, ...readings.filter((each) => !first.includes(each))].slice(0, SPOKEN);
    const words = said.map(({ plotLine: { series: of }, value }) =>
      [of.run.name, of.phase, formatNumber(value)].filter(Boolean).join(" "),
    );
    const rest = readings.length - said.length;
    const text = t.at(xText(t, settings.axis, x), [...words, ...(rest > 0 ? [t.more2(rest)] : [])].join(", "));
    setSpoken({ x, text });
    setShown({ x, readings, left: rect.left + picture.scene.x.at(x), top: rect.top + rect.height / 3 });
  };

  const moveBy = (by: number) => {
    const picture = plot.current?.picture();
    if (picture === undefined) return;
    const { x, chart, run } = hover.get();
    const next = stepAlong(picture, run, chart === id ? x : null, by);
    if (next === undefined) return;
    hover.set({ chart: id, x: next });
    speak(next);
  };

  const chooseRun = (by: number) => {
    const picture = plot.current?.picture();
    const { x, run } = hover.get();
    if (picture === undefined) return;
    const at = x ?? stepAlong(picture, null, null, 1);
    if (at === undefined) return;
    const runs = [...new Set(readAt(picture, at).map(({ plotLine }) => plotLine.series.run.id))];
    const next = runs[(Math.max(-1, runs.indexOf(run ?? "")) + by + runs.length) % runs.length];
    hover.set({ chart: id, x: at, run: next ?? null });
    speak(at);
  };

  const zoomBy = (factor: number) => {
    const scene = plot.current?.picture()?.scene;
    if (scene === undefined) return;
    const middle = hover.get().x ?? (scene.x.from + scene.x.to) / 2;
    const [from, to] = [middle - (middle - scene.x.from) * factor, middle + (scene.x.to - middle) * factor];
    if (to - from > (settings.axis === "epoch" ? 1e-6 : 2)) zoomTo(from, to);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const many = event.shiftKey ? 10 : 1;
    const actionsByKey: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => moveBy(-many),
      ArrowRight: () => moveBy(many),
      Home: () => moveBy(Number.NEGATIVE_INFINITY),
      End: () => moveBy(Number.POSITIVE_INFINITY),
      PageUp: () => moveBy(-25),
      PageDown: () => moveBy(25),
      ArrowUp: () => chooseRun(-1),
      ArrowDown: () => chooseRun(1),
      " ": () => setPinned(!isPinned && shown !== undefined),
      "+": () => zoomBy(0.5),
      "=": () => zoomBy(0.5),
      "-": () => zoomBy(2),
      "0": resetZoom,
      ...(onEnlarge === undefined ? {} : { Enter: onEnlarge }),
      ...(shown === undefined ? {} : { Escape: clear }),
    };
    const action = actionsByKey[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  const clear = () => {
    setPinned(false);
    setShown(undefined);
    setSpoken(undefined);
    hover.set({ chart: null, x: null, run: null });
  };

  useEffect(() => {
    if (!isPinned) return;
    const unpin = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      setPinned(false);
      setShown(undefined);
    };
    document.addEventListener("keydown", unpin, true);
    return () => document.removeEventListener("keydown", unpin, true);
  }, [isPinned]);

  const picture = plot.current?.picture();
  return (
    <figure className={styles.chart} data-large={isLarge || undefined} aria-labelledby={`${id}-title`}>
      <figcaption className={styles.head}>
        <h3 id={`${id}-title`} className="ellipsis" title={title}>
          {title}
        </h3>
        <div className={styles.actions}>
          {actions}
          {onEnlarge !== undefined && (
            <IconButton label={t.enlarge} size="small" onClick={onEnlarge}>
              <Maximize2 size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      </figcaption>
      <ChartLegend series={series} marks={state.kind === "drawn" ? state.marks : ""} />
      <div
        ref={box}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label={t.chartOf(title)}
        aria-describedby={`${id}-help`}
        aria-valuemin={picture?.scene.x.from ?? 0}
        aria-valuemax={picture?.scene.x.to ?? 1}
        aria-valuenow={spoken?.x ?? picture?.scene.x.from ?? 0}
        aria-valuetext={spoken?.text ?? (state.kind === "drawn" ? t.points(state.shown, state.points) : t.loading)}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerDown}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
          showSelection();
        }}
        onPointerLeave={leave}
        onDoubleClick={resetZoom}
        onKeyDown={onKeyDown}
        onBlur={leave}
      >
        <canvas ref={canvas} aria-hidden />
        <div ref={selection} className={styles.selection} />
        <div ref={crosshair} className={styles.crosshair} />
        {state.kind === "loading" && <Skeleton height="100%" />}
        {state.kind === "empty" && <p className={styles.empty}>{settings.zoom ? t.noPointsHere : t.noPoints}</p>}
      </div>
      {state.kind === "failed" ? (
        <p className={styles.failed} role="alert">
          {t.failed}: {state.detail}{" "}
          <Button size="small" look="quiet" onClick={() => chartSeries().retry()}>
            {t.retry}
          </Button>
        </p>
      ) : (
        <p className={styles.foot}>
          {state.kind === "drawn" && t.points(state.shown, state.points)}
          {state.kind === "drawn" && state.hidden > 0 && ` · ${t.nothingPositive(state.hidden)}`}
        </p>
      )}
      <span id={`${id}-help`} hidden>
        {t.help}
      </span>
      {shown !== undefined && (
        <ChartTooltip
          {...shown}
          axis={settings.axis}
          highlighted={hover.get().run}
          isPinned={isPinned}
          onUnpin={clear}
        />
      )}
    </figure>
  );
});

type PictureState =
  | { readonly kind: "loading" | "empty" }
  | { readonly kind: "failed"; readonly detail: string }
  | {
      readonly kind: "drawn";
      readonly shown: number;
      readonly points: number;
      /** Rows that a logarithmic axis cannot show. */
      readonly hidden: number;
      /** Which kinds of values that are no numbers occur. */
      readonly marks: string;
    };

function stateOf({ isLoading, error, shown, points, lines }: PlotPicture, { log }: ChartSettings): PictureState {
  if (error !== undefined && lines.length === 0) return { kind: "failed", detail: problemText(error) };
  if (isLoading) return { kind: "loading" };
  if (points === 0) return { kind: "empty" };
  let hidden = 0;
  if (log) for (const { line } of lines) for (const high of line.highs) if (high <= 0) hidden++;
  const kinds = new Set(lines.flatMap(({ line }) => line.marks.map(({ kind }) => kind)));
  return { kind: "drawn", shown, points, hidden, marks: [...kinds].sort().join(" ") };
}
