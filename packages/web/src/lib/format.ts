import { currentLocale } from "./texts.ts";

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function cached<F extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  name: string,
  make: (locale: string) => F,
): F {
  const locale = currentLocale();
  const key = `${name} ${locale}`;
  const known = cache.get(key) as F | undefined;
  if (known !== undefined) return known;
  const made = make(locale);
  cache.set(key, made);
  return made;
}

/** A count, with separators: 12,345. */
export function formatCount(value: number): string {
  return cached("count", (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(value);
}

/** A count where there is little room: 12.3K. */
export function formatShortCount(value: number): string {
  if (Math.abs(value) < 10_000) return formatCount(value);
  return cached(
    "short",
    (locale) => new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }),
  ).format(value);
}

/**
 * A measured number in at most `digits` significant digits, in the notation of programs (no separators), so that it can be
 * pasted back: 0.0312, 1.2e-7, NaN, -Infinity.
 */
export function formatNumber(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return String(value);
  if (size < 1e-4 || size >= 1e9) return value.toExponential(digits - 1).replace(/\.?0+e/, "e");
  return String(Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(size))))));
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Bytes in binary units: 1.5 MiB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${UNITS[unit]}`;
}

/** A length of time in its two largest units: 3h 12m, 45s, 320ms. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return "–";
  if (ms < 1000) return `${Math.round(ms)}ms`;
  const seconds = Math.floor(ms / 1000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(" ");
}

/** A moment in the reader's own time zone, to the minute; with `seconds`, to the second and with its zone's name. */
export function formatTime(ms: number, precision: "minutes" | "seconds" = "minutes"): string {
  return cached(precision, (locale) =>
    precision === "minutes"
      ? new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" })
      : new Intl.DateTimeFormat(locale, {
          year: "numeric",
          month: "short",
          day: "numeric",
          hour: "2-digit",
          minute: "2-digit",
          second: "2-digit",
          timeZoneName: "short",
        }),
  ).format(ms);
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 7],
  ["week", 4.345],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
];

/** How long ago (or ahead): 3 min. ago. */
export function formatAge(ms: number, now: number): string {
  let value = (ms - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(value) < size) {
      return cached("age", (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" })).format(
        Math.trunc(value),
        unit,
      );
    }
    value /= size;
  }
  return "";
}

/** Any JSON value of a parameter as one line of text; a text stays as it is. */
export function formatValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value, 7);
  return JSON.stringify(value) ?? "";
}
