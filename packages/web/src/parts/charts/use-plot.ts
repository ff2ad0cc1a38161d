import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { currentLocale } from "../../lib/texts.ts";
import { chartSeries } from "./chart-series.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { drawChart } from "./draw-chart.ts";
import type { ChartSeries } from "./group-metrics.ts";
import type { HoverStore } from "./hover.ts";
import { paletteOf, useIsDark } from "./palette.ts";
import { createCanvasPen } from "./pen.ts";
import { createPlot, type Plot, type PlotPicture } from "./plot.ts";

/** Sharper than twice is not seen, and costs memory. */
const MAX_DENSITY = 2;

export interface UsePlotInput {
  readonly series: readonly ChartSeries[];
  readonly settings: ChartSettings;
  readonly hover: HoverStore;
  /** After each picture, new or drawn again. */
  readonly onPicture: (picture: PlotPicture) => void;
}

export interface PlotRefs {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly plot: RefObject<Plot | null>;
}

/** A plot on a canvas that fills its box, follows the theme, and ends with the component. */
export function usePlot({ series, settings, hover, onPicture }: UsePlotInput): PlotRefs {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<Plot>(null);
  const tell = useRef(onPicture);
  tell.current = onPicture;
  const [size, setSize] = useState({ width: 0, height: 0 });
  const isDark = useIsDark();
  const locale = currentLocale();

  useEffect(() => {
    const surface = canvas.current;
    if (surface === null) return;
    const made = createPlot(chartSeries(), (picture) => {
      paint(surface, picture);
      tell.current(picture);
    });
    plot.current = made;
    const stop = hover.subscribe(({ run }, before) => {
      if (run !== before.run) made.highlight(run);
    });
    made.highlight(hover.get().run);
    return () => {
      stop();
      made.dispose();
      plot.current = null;
      // A canvas keeps its pixels until it is collected; without size it has none.
      surface.width = 0;
      surface.height = 0;
    };
  }, [hover]);

  // The first size is known before the first frame.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { width: w, height: h } = element.getBoundingClientRect();
    setSize({ width: w, height: h });
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    plot.current?.update({ series, settings, ...size, isDark, palette: paletteOf(isDark), locale });
  }, [series, settings, size, isDark, locale]);

  return { box, canvas, plot };
}

function paint(surface: HTMLCanvasElement, { scene }: PlotPicture): void {
  const density = Math.min(MAX_DENSITY, devicePixelRatio);
  const width = Math.round(scene.width * density);
  const height = Math.round(scene.height * density);
  if (surface.width !== width || surface.height !== height) {
    surface.width = width;
    surface.height = height;
  }
  const context = surface.getContext("2d");
  if (context === null) return;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, scene.width, scene.height);
  drawChart(createCanvasPen(context), scene);
}
