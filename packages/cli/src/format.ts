import { isStalled, type Json, jsonText, type RunInfo } from "@cairn/core";
import { paint } from "./paint.ts";

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
  if (ms < MINUTE - 50) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
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

/** What formatState and formatTook look at. */
type Lived = Pick<RunInfo, "state" | "startedAt" | "endedAt" | "heartbeatAt">;

export function formatState(run: Lived, now: number): string {
  if (isStalled(run, now)) return paint.yellow("stalled");
  const colour = {
    scheduled: paint.dim,
    running: paint.cyan,
    finished: paint.green,
    failed: paint.red,
    killed: paint.magenta,
  };
  return colour[run.state](run.state);
}

/** From start to end; to now while it runs, to its last sign of life once it is silent. "" before it started. */
export function formatTook(run: Lived, now: number): string {
  if (run.startedAt === null) return "";
  const isAlive = run.state === "running" && !isStalled(run, now);
  return formatDuration((run.endedAt ?? (isAlive ? now : run.heartbeatAt)) - run.startedAt);
}
