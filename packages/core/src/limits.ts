import { invalid, TrackerError } from "./errors.ts";
import { clip } from "./ids.ts";

/** Longest key of a parameter, tag or series, in UTF-16 units. Keeps index entries and chart legends bounded. */
export const MAX_KEY_LENGTH = 1024;
/** Longest name of a run, experiment, label or module. */
export const MAX_NAME_LENGTH = 1000;
/** Longest text of a tag, parameter, note or description. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** The most items of one sort in one call. */
export const MAX_ITEMS = 10_000;

/** @throws invalid for an empty text, one over `max`, a NUL or a lone surrogate; the message names `what`. */
export function checkName(what: string, text: string, max = MAX_NAME_LENGTH): string {
  if (typeof text !== "string" || text.trim() === "") {
    throw invalid(`${what} must be a text that is not empty, not ${show(text)}.`);
  }
  return checkText(what, text, max);
}

/** @throws invalid when the text is too long, or has a NUL or a lone surrogate. */
export function checkText(what: string, text: string, max = MAX_TEXT_LENGTH): string {
  if (typeof text !== "string") throw invalid(`${what} must be a text, not ${show(text)}.`);
  if (text.length > max) {
    throw invalid(`${what} '${clip(text)}' is too long: at most ${max} characters are kept.`, { length: text.length });
  }
  if (text.includes("\0"))
    throw invalid(`${what} '${clip(text.replaceAll("\0", "␀"))}' has a NUL character; remove it.`);
  if (!text.isWellFormed()) throw invalid(`${what} has half a surrogate pair: send well-formed Unicode.`);
  return text;
}

/** @throws invalid unless the number is whole and in range. */
export function checkWhole(
  what: string,
  value: number,
  min = -Number.MAX_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw invalid(`${what} must be a whole number from ${min} to ${max}, not ${String(value)}.`);
}

/** @throws too_large when a list is longer than one call may carry. */
export function checkItems(what: string, count: number, max = MAX_ITEMS): void {
  if (count <= max) return;
  throw new TrackerError("too_large", `One call carries at most ${max} ${what}, not ${count}. Send them in several.`, {
    limit: max,
    count,
  });
}

function show(value: unknown): string {
  return clip(JSON.stringify(value) ?? typeof value);
}
