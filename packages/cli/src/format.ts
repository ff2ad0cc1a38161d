import { type Json, jsonText, type RunState, STALLED_AFTER_MS } from "@cairn/core";
import pc from "picocolors";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 min ago`, `2 days ago`; the date beyond a month. */
export function formatAgo(at: number, now: number): string {
  const past = now - at;
  if (past < MINUTE) return "just now";
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`;
  if (past < DAY) return `${Math.floor(past / HOUR)} h ago`;
  if (past < 30 * DAY) return `${Math.floor(past / DAY)} d ago`;
  return formatTime(at).slice(0, 10);
}

/** Local time as `2026-11-21 08:30:05`. */
export function formatTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 19).replace("T", " ");
}

/** `41 ms`, `1.2 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < MINUTE) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / 1000)} s`;
  return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
}

/** At most six significant digits, whole numbers whole. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isSafeInteger(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}

export function formatValue(value: Json): string {
  return typeof value === "number" ? formatNumber(value) : jsonText(value);
}

/** `512 B`, `1.4 MB` (powers of 1000). */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let size = bytes;
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${unit === 0 ? size : size.toPrecision(3)} ${units[unit]}`;
}

export function formatState(run: { readonly state: RunState; readonly heartbeatAt: number }, now: number): string {
  if (run.state === "running" && now - run.heartbeatAt >= STALLED_AFTER_MS) return pc.yellow("stalled");
  const paint = { scheduled: pc.dim, running: pc.cyan, finished: pc.green, failed: pc.red, killed: pc.magenta }[
    run.state
  ];
  return paint(run.state);
}
