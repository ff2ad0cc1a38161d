import type { Column, Scale } from "./columns.ts";

/** A kept range of an axis, from its foot 0 to its head 1. */
export type Brush = readonly [low: number, high: number];

/** The ranges that a reader keeps, by the column's id. */
export type Brushes = ReadonlyMap<string, Brush>;

export interface Axis {
  readonly column: Column;
  readonly scale: Scale;
}

/** The brushes with one of them set; undefined lets the axis go. */
export function withBrush(brushes: Brushes, id: string, brush: Brush | undefined): Brushes {
  const next = new Map(brushes);
  if (brush === undefined) next.delete(id);
  else next.set(id, brush);
  return next;
}

/** Whether the `index`th run lies within every brush; one without a value lies in none. */
export function isKept(axes: readonly Axis[], brushes: Brushes, index: number): boolean {
  return axes.every(({ column, scale }) => {
    const brush = brushes.get(column.id);
    if (brush === undefined) return true;
    const place = scale.place(column.values[index] ?? null);
    return place !== null && place >= brush[0] - 1e-9 && place <= brush[1] + 1e-9;
  });
}

/** In an address: JSON, in thousandths of the axis. */
export function brushesText(brushes: Brushes): string | undefined {
  if (brushes.size === 0) return undefined;
  const inThousandths = [...brushes].map(([id, range]) => [id, range.map((edge) => Math.round(edge * 1000))]);
  return JSON.stringify(Object.fromEntries(inThousandths));
}

/** The reverse of `brushesText`; what is no range is left out. */
export function parseBrushes(text: string | undefined): Brushes {
  try {
    const said: unknown = JSON.parse(text ?? "{}");
    const entries: readonly (readonly [string, unknown])[] =
      typeof said === "object" && said !== null ? Object.entries(said) : [];
    return new Map(
      entries.flatMap(([id, range]) => (isRange(range) ? [[id, [range[0] / 1000, range[1] / 1000]]] : [])),
    );
  } catch {
    return new Map();
  }
}

function isRange(range: unknown): range is readonly [number, number] {
  if (!Array.isArray(range) || range.length !== 2) return false;
  const [low, high]: readonly unknown[] = range;
  return typeof low === "number" && typeof high === "number" && 0 <= low && low <= high && high <= 1000;
}
