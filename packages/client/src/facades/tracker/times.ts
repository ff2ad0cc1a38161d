import type { Json } from "@cairn/core";

/** Kept as UTC to the second (`2026-01-31T09:05:00Z`), written to files as the origin does (`31/01/2026 09:05:00`). */
export const TIME_COLUMNS: readonly string[] = ["train_time_strt", "train_time_end"];

export function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function toFileTime(value: Json): Json {
  const parts = typeof value === "string" ? /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z$/.exec(value) : null;
  return parts === null ? value : `${parts[3]}/${parts[2]}/${parts[1]} ${parts[4]}`;
}

export function fromFileTime(value: Json): Json {
  const parts = typeof value === "string" ? /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(value) : null;
  return parts === null ? value : `${parts[3]}-${parts[2]}-${parts[1]}T${parts[4]}Z`;
}
