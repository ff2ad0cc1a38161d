import { createEffort, type Effort } from "./effort.ts";
import { foldCase } from "./text-order.ts";

/** A stretch between two `%`: literal texts with so many any-characters before each, and after the last. */
interface Segment {
  readonly parts: readonly { readonly skip: number; readonly text: string }[];
  readonly tail: number;
}

/**
 * A LIKE pattern as a test. `%` is any stretch (also none), `_` any one code point; a backslash before `%`, `_` or a
 * backslash makes it literal, before anything else it is itself. The whole text must match.
 *
 * No backtracking: each stretch between two `%` is placed at its first fit, which decides as well as any later fit
 * would; so a hostile pattern costs at most text × pattern, and what it costs is taken from `effort`.
 *
 * @throws invalid by the test, once the effort is spent.
 */
export function compileLike(
  pattern: string,
  ignoreCase: boolean,
  effort: Effort = createEffort(),
): (text: string) => boolean {
  const segments = parsePattern(ignoreCase ? foldCase(pattern) : pattern);
  const test =
    segments.length === 1 ? compileExact(segments[0] as Segment, effort) : compileStretches(segments, effort);
  return (text) => {
    effort.scan(text.length);
    return test(ignoreCase ? foldCase(text) : text);
  };
}

function compileExact(segment: Segment, effort: Effort): (text: string) => boolean {
  return (text) => fit(segment, text, 0, effort) === text.length;
}

function compileStretches(segments: readonly Segment[], effort: Effort): (text: string) => boolean {
  const first = segments[0] as Segment;
  const last = segments[segments.length - 1] as Segment;
  const middle = segments.slice(1, -1).filter((segment) => segment.parts.length > 0 || segment.tail > 0);
  const lastLength = codePoints(last);
  return (text) => {
    let at = fit(first, text, 0, effort);
    if (at < 0) return false;
    for (const segment of middle) {
      at = find(segment, text, at, effort);
      if (at < 0) return false;
    }
    const start = back(text, lastLength);
    return start >= at && fit(last, text, start, effort) === text.length;
  };
}

function parsePattern(pattern: string): Segment[] {
  const segments: Segment[] = [];
  let parts: { skip: number; text: string }[] = [];
  let skip = 0;
  let text = "";
  const endPart = () => {
    if (text !== "") {
      parts.push({ skip, text });
      skip = 0;
      text = "";
    }
  };
  for (let i = 0; i < pattern.length; i++) {
    let char = pattern.charAt(i);
    if (char === "%") {
      endPart();
      segments.push({ parts, tail: skip });
      parts = [];
      skip = 0;
    } else if (char === "_") {
      endPart();
      skip++;
    } else {
      const next = pattern.charAt(i + 1);
      if (char === "\\" && next !== "" && "%_\\".includes(next)) {
        char = next;
        i++;
      }
      text += char;
    }
  }
  endPart();
  segments.push({ parts, tail: skip });
  return segments;
}

/** Where the segment ends when it begins exactly at `at`; -1 if it does not fit there. */
function fit(segment: Segment, text: string, from: number, effort: Effort): number {
  let at = from;
  for (const part of segment.parts) {
    effort.spend(1 + Math.min(part.skip, text.length - at));
    at = forward(text, at, part.skip);
    if (at < 0 || !text.startsWith(part.text, at)) return -1;
    at += part.text.length;
  }
  effort.spend(Math.min(segment.tail, text.length - at));
  return forward(text, at, segment.tail);
}

/** Where the segment ends at its first fit from `from` on; -1 if there is none. */
function find(segment: Segment, text: string, from: number, effort: Effort): number {
  const lead = segment.parts[0];
  if (lead !== undefined && lead.skip === 0) {
    for (let at = text.indexOf(lead.text, from); at >= 0; at = text.indexOf(lead.text, at + 1)) {
      const end = fit(segment, text, at, effort);
      if (end >= 0) return end;
    }
    return -1;
  }
  for (let at = from; at <= text.length; at += isPairAt(text, at) ? 2 : 1) {
    const end = fit(segment, text, at, effort);
    if (end >= 0) return end;
  }
  return -1;
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

function forward(text: string, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) {
    if (at >= text.length) return -1;
    at += isPairAt(text, at) ? 2 : 1;
  }
  return at;
}

/** The place `count` code points before the end; -1 if the text is shorter. */
function back(text: string, count: number): number {
  let at = text.length;
  for (let i = 0; i < count; i++) {
    if (at <= 0) return -1;
    at -= at >= 2 && isPairAt(text, at - 2) ? 2 : 1;
  }
  return at;
}

function codePoints(segment: Segment): number {
  let count = segment.tail;
  for (const part of segment.parts) count += part.skip + [...part.text].length;
  return count;
}
