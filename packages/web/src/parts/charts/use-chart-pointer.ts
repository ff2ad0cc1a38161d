import { type RefObject, useEffect, useRef, useState } from "react";
import { formatNumber } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import type { ChartAxis } from "./chart-settings.ts";
import type { HoverStore } from "./hover.ts";
import type { Plot } from "./plot.ts";
import { nearestReading, type Reading, readAt, stepAlong } from "./reading.ts";
import { chartTexts } from "./texts.ts";
import { xText } from "./x-text.ts";

/** Series that are read aloud at most. */
const SPOKEN = 5;

/** What a tooltip shows, and where in the window. */
export interface PointedAt {
  readonly x: number;
  readonly readings: readonly Reading[];
  readonly left: number;
  readonly top: number;
}

export interface ChartPointer {
  readonly crosshair: RefObject<HTMLDivElement | null>;
  readonly shown: PointedAt | undefined;
  readonly isPinned: boolean;
  /** Where the keys stand, in words; undefined until a key was used. */
  readonly spoken: { readonly x: number; readonly text: string } | undefined;
  placeCrosshair(): void;
  pointAt(clientX: number, clientY: number): void;
  /** Call it when something is shown, or just was asked to be. */
  togglePin(): void;
  /** Along the series, by so many rows. */
  moveBy(rows: number): void;
  /** The next run above or below. */
  chooseRun(by: number): void;
  /** The pointer is gone; what is pinned stays. */
  leave(): void;
  clear(): void;
}

/** Crosshair, tooltip and what is read aloud, for pointer and keys alike. */
export function useChartPointer(
  id: string,
  axis: ChartAxis,
  hover: HoverStore,
  plot: RefObject<Plot | null>,
  box: RefObject<HTMLDivElement | null>,
): ChartPointer {
  const t = useTexts(chartTexts);
  const crosshair = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<PointedAt>();
  const [isPinned, setPinned] = useState(false);
  const [spoken, setSpoken] = useState<{ readonly x: number; readonly text: string }>();

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

  const hide = () => {
    setPinned(false);
    setShown(undefined);
    setSpoken(undefined);
  };

  const clear = () => {
    hide();
    if (hover.get().chart === id) hover.set({ chart: null, x: null, run: null });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: they read refs and set state only
  useEffect(
    () =>
      hover.subscribe(({ chart }, before) => {
        placeCrosshair();
        if (chart !== id && before.chart === id) hide();
      }),
    [hover, id],
  );

  // A pinned tooltip hears Escape wherever the focus is, and before what else would close.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they read refs and set state only
  useEffect(() => {
    if (!isPinned) return;
    const unpin = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      clear();
    };
    document.addEventListener("keydown", unpin, true);
    return () => document.removeEventListener("keydown", unpin, true);
  }, [isPinned]);

  const show = (x: number, place: (rect: DOMRect) => number): void => {
    const picture = plot.current?.picture();
    const rect = box.current?.getBoundingClientRect();
    if (picture === undefined || rect === undefined) return;
    setShown({ x, readings: readAt(picture, x), left: rect.left + picture.scene.x.at(x), top: place(rect) });
  };

  const speak = (x: number) => {
    const picture = plot.current?.picture();
    if (picture === undefined) return;
    const readings = readAt(picture, x);
    const { run } = hover.get();
    const first = readings.filter(({ plotLine }) => plotLine.series.run.id === run);
    const said = [...first, ...readings.filter((each) => !first.includes(each))].slice(0, SPOKEN);
    const words = said.map(({ plotLine: { series }, value }) =>
      [series.run.name, series.phase, formatNumber(value)].filter(Boolean).join(" "),
    );
    const rest = readings.length - said.length;
    const text = t.at(xText(t, axis, x), [...words, ...(rest > 0 ? [t.moreSeries(rest)] : [])].join(", "));
    setSpoken({ x, text });
    show(x, ({ top, height }) => top + height / 3);
  };

  return {
    ...{ crosshair, shown, isPinned, spoken, placeCrosshair, clear },
    pointAt(clientX, clientY) {
      const picture = plot.current?.picture();
      const rect = box.current?.getBoundingClientRect();
      if (picture === undefined || rect === undefined) return;
      const x = picture.scene.x.invert(clientX - rect.left);
      const near = nearestReading(readAt(picture, x), picture, clientY - rect.top);
      const snapped = near?.x ?? x;
      hover.set({ chart: id, x: snapped, run: near?.plotLine.series.run.id ?? null });
      show(snapped, () => clientY);
    },
    togglePin: () => setPinned((old) => !old),
    moveBy(rows) {
      const picture = plot.current?.picture();
      if (picture === undefined) return;
      const { x, chart, run } = hover.get();
      const next = stepAlong(picture, run, chart === id ? x : null, rows);
      if (next === undefined) return;
      hover.set({ chart: id, x: next });
      speak(next);
    },
    chooseRun(by) {
      const picture = plot.current?.picture();
      if (picture === undefined) return;
      const { x, run } = hover.get();
      const at = x ?? stepAlong(picture, null, null, 1);
      if (at === undefined) return;
      const runs = [...new Set(readAt(picture, at).map(({ plotLine }) => plotLine.series.run.id))];
      const place = runs.indexOf(run ?? "");
      const next = runs[place === -1 ? 0 : (place + by + runs.length) % runs.length];
      hover.set({ chart: id, x: at, run: next ?? null });
      speak(at);
    },
    leave() {
      plot.current?.hold(false);
      if (!isPinned) clear();
    },
  };
}
