import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { formatNumber } from "../../lib/format.ts";
import type { Axis, Brush } from "./brushes.ts";
import styles from "./CompareParallel.module.css";

export const HEIGHT = 400;
const TOP = 56;
const BOTTOM = HEIGHT - 26;
const HALF = 11;
/** What an arrow key moves an edge by. */
const NUDGE = 0.05;
/** A drag shorter than this is a click, which lets the axis go. */
const LEAST = 0.015;

/** Of a place 0 … 1 on an axis. */
export function yOf(place: number): number {
  return BOTTOM - place * (BOTTOM - TOP);
}

export interface ParallelAxisProps {
  readonly axis: Axis;
  readonly x: number;
  readonly brush: Brush | undefined;
  /** `isDone`: not in the middle of a drag. */
  readonly onBrush: (brush: Brush | undefined, isDone: boolean) => void;
}

/**
 * An axis with its name and ticks. Dragging along it keeps a range; by keyboard, arrows move the lower edge, with Shift
 * the upper one, and Escape lets go.
 */
export function ParallelAxis({ axis: { column, scale }, x, brush, onBrush }: ParallelAxisProps) {
  const start = useRef<number>(undefined);
  const placeAt = (event: PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, 1 - (event.clientY - box.top) / box.height));
  };
  const onMove = (event: PointerEvent<SVGRectElement>, isDone: boolean) => {
    if (start.current === undefined) return;
    const place = placeAt(event);
    const range: Brush = [Math.min(start.current, place), Math.max(start.current, place)];
    onBrush(range[1] - range[0] < LEAST ? undefined : range, isDone);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowUp" ? NUDGE : event.key === "ArrowDown" ? -NUDGE : 0;
    if (event.key === "Escape" && brush !== undefined) return onBrush(undefined, true);
    if (step === 0) return;
    event.preventDefault();
    const [low, high] = brush ?? [0, 1];
    const move = (edge: number) => Math.min(1, Math.max(0, edge + step));
    onBrush(event.shiftKey ? [low, Math.max(low, move(high))] : [Math.min(high, move(low)), high], true);
  };
  const [low, high] = brush ?? [0, 1];
  return (
    <g>
      <line className={styles.axis} x1={x} x2={x} y1={TOP} y2={BOTTOM} />
      <text className={styles.name} x={x} y={TOP - 30}>
        <title>{column.label}</title>
        {shorten(column.label, 22)}
      </text>
      {scale.ticks.slice(0, 12).map(({ at, value }) => (
        <text key={at} className={styles.tick} x={x - 8} y={yOf(at) + 3.5}>
          {typeof value === "number" ? formatNumber(value, 3) : shorten(value, 10)}
        </text>
      ))}
      {brush !== undefined && (
        <rect
          className={styles.brush}
          x={x - HALF}
          width={2 * HALF}
          y={yOf(brush[1])}
          height={Math.max(2, yOf(brush[0]) - yOf(brush[1]))}
          rx={3}
        />
      )}
      <rect
        className={styles.handle}
        x={x - HALF}
        width={2 * HALF}
        y={TOP}
        height={BOTTOM - TOP}
        tabIndex={0}
        role="slider"
        aria-label={column.label}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(low * 100)}
        aria-valuetext={`${textAt(scale, low)} – ${textAt(scale, high)}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = placeAt(event);
        }}
        onPointerMove={(event) => onMove(event, false)}
        onPointerUp={(event) => {
          onMove(event, true);
          start.current = undefined;
        }}
        onKeyDown={onKeyDown}
      />
    </g>
  );
}

function textAt(scale: Axis["scale"], place: number): string {
  const value = scale.valueAt(place);
  return typeof value === "number" ? formatNumber(value, 3) : value;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
