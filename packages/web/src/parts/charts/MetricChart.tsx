import { Maximize2 } from "lucide-react";
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useDeferredValue, useId, useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { ChartFoot } from "./ChartFoot.tsx";
import { ChartLegend } from "./ChartLegend.tsx";
import { ChartMenu } from "./ChartMenu.tsx";
import { ChartTooltip } from "./ChartTooltip.tsx";
import type { ChartSettings } from "./chart-settings.ts";
import { chartState } from "./chart-state.ts";
import styles from "./charts.module.css";
import type { ChartSeries } from "./group-metrics.ts";
import { createHoverStore, type HoverStore } from "./hover.ts";
import { chartTexts } from "./texts.ts";
import { useChartPointer } from "./use-chart-pointer.ts";
import { useChartZoom } from "./use-chart-zoom.ts";
import { usePlot } from "./use-plot.ts";

export interface MetricChartProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  /** Shared by charts whose crosshairs move together. */
  readonly hover?: HoverStore | undefined;
  /** Shows it alone, as a chart or as a table. */
  readonly onEnlarge?: ((view: "chart" | "values") => void) | undefined;
  /** It stands alone, without a frame, and its title is said elsewhere. */
  readonly isLarge?: boolean | undefined;
  readonly actions?: ReactNode;
}

/** One metric of several runs as a chart. It fills its place. */
export const MetricChart = memo(function MetricChart(props: MetricChartProps) {
  const { title, series, settings, onSettings, onEnlarge, isLarge = false, actions } = props;
  const t = useTexts(chartTexts);
  const id = useId();
  const [own] = useState(createHoverStore);
  const hover = props.hover ?? own;
  const [state, setState] = useState(() => chartState(undefined, settings));
  const { box, canvas, plot } = usePlot({
    ...{ series, settings, hover },
    onPicture(picture) {
      const next = chartState(picture, settings);
      setState((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
      pointer.placeCrosshair();
    },
  });
  // What can be done with a chart comes after it: making the buttons of all charts takes as long as drawing them.
  const isReady = useDeferredValue(state.kind !== "loading", false);
  const pointer = useChartPointer(id, settings.axis, hover, plot, box);
  const zoom = useChartZoom(plot, box, settings, onSettings);

  const onPointerMove = (event: PointerEvent) => {
    if (zoom.move(event)) return;
    plot.current?.hold(true);
    if (!pointer.isPinned) pointer.pointAt(event.clientX, event.clientY);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    zoom.begin(event);
  };

  const onPointerUp = (event: PointerEvent) => {
    if (event.button !== 0 || zoom.end()) return;
    if (!pointer.isPinned) pointer.pointAt(event.clientX, event.clientY);
    pointer.togglePin();
  };

  const reset = () => {
    pointer.clear();
    zoom.reset();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const many = event.shiftKey ? 10 : 1;
    const works: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowLeft: () => pointer.moveBy(-many),
      ArrowRight: () => pointer.moveBy(many),
      PageUp: () => pointer.moveBy(-25),
      PageDown: () => pointer.moveBy(25),
      Home: () => pointer.moveBy(Number.NEGATIVE_INFINITY),
      End: () => pointer.moveBy(Number.POSITIVE_INFINITY),
      ArrowUp: () => pointer.chooseRun(-1),
      ArrowDown: () => pointer.chooseRun(1),
      " ": pointer.shown && pointer.togglePin,
      "+": () => zoom.zoomBy(0.5, hover.get().x),
      "=": () => zoom.zoomBy(0.5, hover.get().x),
      "-": () => zoom.zoomBy(2, hover.get().x),
      "0": reset,
      Enter: onEnlarge && (() => onEnlarge("chart")),
      Escape: pointer.shown && pointer.clear,
    };
    const work = works[event.key];
    if (work === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  };

  const scene = plot.current?.picture()?.scene;
  return (
    <figure className={styles.chart} data-large={isLarge || undefined} aria-label={title}>
      <figcaption className={styles.head}>
        {!isLarge && (
          <h3 className="ellipsis" title={title}>
            {title}
          </h3>
        )}
        <div className={styles.actions}>
          {actions}
          {isReady && <ChartMenu title={title} plot={plot} onValues={onEnlarge && (() => onEnlarge("values"))} />}
          {isReady && onEnlarge !== undefined && (
            <IconButton label={t.enlarge} size="small" onClick={() => onEnlarge("chart")}>
              <Maximize2 size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      </figcaption>
      <ChartLegend series={series} marks={state.kind === "drawn" ? state.marks : ""} isLarge={isLarge} />
      <div
        ref={box}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label={t.chartOf(title)}
        aria-describedby={`${id}-help`}
        aria-valuemin={scene?.x.from ?? 0}
        aria-valuemax={scene?.x.to ?? 1}
        aria-valuenow={pointer.spoken?.x ?? scene?.x.from ?? 0}
        aria-valuetext={pointer.spoken?.text ?? (state.kind === "drawn" ? t.points(state.shown, state.points) : "–")}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerDown}
        onPointerUp={onPointerUp}
        onPointerCancel={zoom.cancel}
        onPointerLeave={pointer.leave}
        onDoubleClick={reset}
        onKeyDown={onKeyDown}
        onBlur={pointer.leave}
      >
        <canvas ref={canvas} aria-hidden />
        <div ref={zoom.selection} className={styles.selection} />
        <div ref={pointer.crosshair} className={styles.crosshair} />
        {state.kind === "loading" && <Skeleton height="100%" />}
        {state.kind === "empty" && <p className={styles.empty}>{settings.zoom ? t.noPointsHere : t.noPoints}</p>}
      </div>
      <ChartFoot state={state} onTime={() => onSettings({ ...settings, axis: "time", zoom: undefined })} />
      <span id={`${id}-help`} hidden>
        {t.help}
      </span>
      {pointer.shown !== undefined && (
        <ChartTooltip
          {...pointer.shown}
          axis={settings.axis}
          highlighted={hover.get().run}
          isPinned={pointer.isPinned}
          onUnpin={pointer.clear}
        />
      )}
    </figure>
  );
});
