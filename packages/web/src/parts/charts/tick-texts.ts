import { formatNumber } from "../../lib/format.ts";
import type { ChartAxis } from "./chart-settings.ts";

/** Labels of a number axis, all to the same digits: 0.10, 0.15, 0.20; large ones as 10k, 2.5M. */
export function numberTexts(ticks: readonly number[]): readonly string[] {
  const most = Math.max(0, ...ticks.map(Math.abs));
  if (most >= 1e12 || (most < 1e-4 && most > 0)) return ticks.map((tick) => formatNumber(tick, 3));
  const [unit, sign] = most >= 1e9 ? [1e9, "G"] : most >= 1e6 ? [1e6, "M"] : most >= 1e4 ? [1e3, "k"] : [1, ""];
  const digits = Math.max(0, ...ticks.map((tick) => digitsOf(tick / unit)));
  return ticks.map((tick) => (tick === 0 ? "0" : `${(tick / unit).toFixed(digits)}${sign}`));
}

/** Labels of a logarithmic axis: each to its own digits. */
export function logTexts(ticks: readonly number[]): readonly string[] {
  return ticks.map((tick) => (tick >= 1e4 || tick < 1e-3 ? tick.toExponential().replace("e+", "e") : String(tick)));
}

function digitsOf(value: number): number {
  const [, digits = ""] = String(Number(value.toPrecision(6))).split(".");
  return digits.includes("e") ? 0 : Math.min(6, digits.length);
}

/** Labels of a time axis (lengths in ms, or moments), in the unit that their distance asks for. */
export function timeTexts(ticks: readonly number[], axis: ChartAxis, locale: string): readonly string[] {
  const step = ticks.length > 1 ? (ticks[1] as number) - (ticks[0] as number) : 60_000;
  if (axis === "time") return ticks.map((tick) => durationText(tick, step));
  const clock = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(step < 60_000 ? { second: "2-digit" } : {}),
  });
  const day = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" });
  const dayOf = (tick: number) => day.format(tick);
  return ticks.map((tick, index) => {
    if (step >= 86_400_000) return dayOf(tick);
    const before = index === 0 ? undefined : dayOf(ticks[index - 1] as number);
    return before !== undefined && before !== dayOf(tick) ? dayOf(tick) : clock.format(tick);
  });
}

function durationText(ms: number, step: number): string {
  if (ms === 0) return "0";
  const sign = ms < 0 ? "−" : "";
  const size = Math.abs(ms);
  if (step < 1000) return `${sign}${Number((size / 1000).toFixed(3))}s`;
  const [d, h, m, s] = [86_400_000, 3_600_000, 60_000, 1000].map((unit) => Math.floor(size / unit)) as [
    number,
    number,
    number,
    number,
  ];
  const parts = [d > 0 && `${d}d`, h % 24 > 0 && `${h % 24}h`, m % 60 > 0 && `${m % 60}m`, s % 60 > 0 && `${s % 60}s`];
  return sign + parts.filter(Boolean).slice(0, 2).join(" ");
}
