import { currentLocale } from "./texts.ts";

/**
 * A relative change with its sign: `+3.1%`, `−12%`, `±0%`.
 *
 * @param change in parts: 0.031 is three percent more.
 */
export function formatChange(change: number): string {
  const digits = Math.abs(change) < 0.1 ? 1 : 0;
  const text = new Intl.NumberFormat(currentLocale(), {
    style: "percent",
    maximumFractionDigits: digits,
  }).format(Math.abs(change));
  const isZero = Number((Math.abs(change) * 100).toFixed(digits)) === 0;
  return `${isZero ? "±" : change > 0 ? "+" : "−"}${text}`;
}
