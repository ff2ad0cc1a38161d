import { useState } from "react";
import type { Column, Scale } from "./columns.ts";

/** A kept range of an axis, from its foot 0 to its head 1. */
export type Brush = readonly [low: number, high: number];

export interface Axis {
  readonly column: Column;
  readonly scale: Scale;
}

export interface Brushes {
  readonly of: (id: string) => Brush | undefined;
  /** undefined lets the axis go. */
  readonly set: (id: string, brush: Brush | undefined) => void;
  readonly clear: () => void;
  readonly isAny: boolean;
}

/** The ranges that a reader keeps, one at most for each axis. */
export function useBrushes(): Brushes {
  const [brushes, setBrushes] = useState<ReadonlyMap<string, Brush>>(new Map());
  return {
    of: (id) => brushes.get(id),
    set: (id, brush) => {
      const next = new Map(brushes);
      if (brush === undefined) next.delete(id);
      else next.set(id, brush);
      setBrushes(next);
    },
    clear: () => setBrushes(new Map()),
    isAny: brushes.size > 0,
  };
}

/** Whether the `index`th run lies within every brush; one without a value lies in none. */
export function isKept(axes: readonly Axis[], brushOf: Brushes["of"], index: number): boolean {
  return axes.every(({ column, scale }) => {
    const brush = brushOf(column.id);
    if (brush === undefined) return true;
    const place = scale.place(column.values[index] ?? null);
    return place !== null && place >= brush[0] - 1e-9 && place <= brush[1] + 1e-9;
  });
}
