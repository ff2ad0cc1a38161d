import { invalidValue } from "../errors.ts";

/** Far deeper than any honest body, far shallower than what overflows a stack that walks it. */
const MAX_DEPTH = 100;
/** Values of a text, all in all: a value of two bytes can cost a hundred in memory, and a second for some million of them. */
const MAX_VALUES = 1_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Counts what a JSON text holds before it is parsed: parsing is where the time and the memory go. One pass, no recursion.
 * A text that is no JSON may pass; JSON.parse refuses it next.
 *
 * @throws WireError for nesting beyond 100 levels, and for more than a million values.
 */
export function checkJsonText(text: string, what: string): void {
  if (text.length <= MAX_VALUES && hasFewOpenings(text)) return;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at + 1);
    else if (unit === COMMA) values++;
    else if (unit === OPEN || unit === OPEN_LIST) {
      values++;
      if (++depth > MAX_DEPTH) throw invalidValue(`${what} is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (unit === CLOSE || unit === CLOSE_LIST) depth--;
    if (values > MAX_VALUES) {
      throw invalidValue(`${what} holds more than ${MAX_VALUES} values; send them in several calls.`);
    }
  }
}

/** Most bodies hold a handful of objects and lists: then nothing is nested deep, and there is no need to look at every sign. */
function hasFewOpenings(text: string): boolean {
  let openings = 0;
  for (const sign of ["{", "["]) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      if (++openings > MAX_DEPTH) return false;
    }
  }
  return true;
}

/** The place of the closing quote, or behind the text. */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at;
    if (unit === BACKSLASH) at++;
  }
  return text.length;
}
