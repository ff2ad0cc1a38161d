import { type Figure, isMet } from "./figure.ts";

/** Figures as aligned lines: what, value, target and verdict, note. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [one.what, formatValue(one), formatTarget(one), one.note ?? ""]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map(([what = "", value = "", target = "", note = ""]) =>
      `  ${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${target.padEnd(widths[2] ?? 0)}  ${note}`.trimEnd(),
    )
    .join("\n");
}

export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (size >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}

function formatValue({ value, unit }: Figure): string {
  return `${formatNumber(value)} ${unit}`;
}

function formatTarget(one: Figure): string {
  if (one.target === undefined) return "";
  const bound =
    "atLeast" in one.target ? `≥ ${formatNumber(one.target.atLeast)}` : `≤ ${formatNumber(one.target.atMost)}`;
  return `${bound} ${isMet(one) ? "ok" : "MISSED"}`;
}
