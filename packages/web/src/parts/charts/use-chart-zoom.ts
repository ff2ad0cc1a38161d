import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import type { ChartSettings } from "./chart-settings.ts";
import type { Plot } from "./plot.ts";

/** Pixels that the pointer moves before it is a drag. */
const DRAG = 6;

export interface ChartZoom {
  /** The element that shows what is being chosen. */
  readonly selection: RefObject<HTMLDivElement | null>;
  begin(event: PointerEvent): void;
  /** True while a stretch is being chosen. */
  move(event: PointerEvent): boolean;
  /** True if a stretch was chosen; else it was a click. */
  end(): boolean;
  cancel(): void;
  /** Around the crosshair, or the middle; 0.5 shows half as much. */
  zoomBy(factor: number, middle: number | null): void;
  reset(): void;
}

/** Dragging over a chart, and keys, choose the part of the x axis that is shown. */
export function useChartZoom(
  plot: RefObject<Plot | null>,
  box: RefObject<HTMLDivElement | null>,
  settings: ChartSettings,
  onSettings: (settings: ChartSettings) => void,
): ChartZoom {
  const selection = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly from: number; to: number; isDrag: boolean } | null>(null);
  // A key held down comes faster than the address changes: each press goes on from what the last one asked for.
  const asked = useRef(settings.zoom);
  useEffect(() => {
    asked.current = settings.zoom;
  }, [settings.zoom]);

  const ends = (): readonly [number, number] | undefined => {
    const scene = plot.current?.picture()?.scene;
    const rect = box.current?.getBoundingClientRect();
    if (scene === undefined || rect === undefined || drag.current === null) return undefined;
    const clamp = (x: number) => Math.max(scene.left, Math.min(scene.right, x - rect.left));
    const { from, to } = drag.current;
    return [clamp(Math.min(from, to)), clamp(Math.max(from, to))];
  };

  const show = () => {
    const element = selection.current;
    const scene = plot.current?.picture()?.scene;
    if (element === null || scene === undefined) return;
    const [left, right] = ends() ?? [0, 0];
    element.style.display = drag.current?.isDrag ? "block" : "none";
    element.style.left = `${left}px`;
    element.style.width = `${right - left}px`;
    element.style.top = `${scene.top}px`;
    element.style.height = `${scene.bottom - scene.top}px`;
  };

  const zoomTo = (from: number, to: number) => {
    const isWhole = settings.axis !== "epoch";
    const zoom = [isWhole ? Math.floor(from) : from, isWhole ? Math.ceil(to) : to] as const;
    if (zoom[1] <= zoom[0]) return;
    asked.current = zoom;
    onSettings({ ...settings, zoom });
  };

  return {
    selection,
    begin(event) {
      drag.current = { from: event.clientX, to: event.clientX, isDrag: false };
    },
    move(event) {
      if (drag.current === null) return false;
      drag.current.to = event.clientX;
      drag.current.isDrag ||= Math.abs(event.clientX - drag.current.from) > DRAG;
      show();
      return drag.current.isDrag;
    },
    end() {
      const chosen = drag.current?.isDrag ? ends() : undefined;
      const scene = plot.current?.picture()?.scene;
      drag.current = null;
      show();
      if (chosen === undefined || scene === undefined) return false;
      zoomTo(scene.x.invert(chosen[0]), scene.x.invert(chosen[1]));
      return true;
    },
    cancel() {
      drag.current = null;
      show();
    },
    zoomBy(factor, crosshair) {
      const scene = plot.current?.picture()?.scene;
      if (scene === undefined) return;
      const [from, to] = asked.current ?? [scene.x.from, scene.x.to];
      const middle = crosshair ?? (from + to) / 2;
      const [start, end] = [middle - (middle - from) * factor, middle + (to - middle) * factor];
      if (end - start > (settings.axis === "epoch" ? 1e-6 : 1)) zoomTo(start, end);
    },
    reset() {
      const isZoomed = asked.current !== undefined;
      asked.current = undefined;
      if (isZoomed) onSettings({ ...settings, zoom: undefined });
    },
  };
}
