import { invalid } from "../../errors.ts";
import { clip } from "../../ids.ts";
import { MAX_INTEGER } from "../codec/bytes.ts";
import type { PointKey } from "../codec/points.ts";
import { decodeKey, encodeKey } from "./key-bytes.ts";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LENGTH = 43;

/** The place after a point, as text that is safe in a URL: its key, so that what arrives later moves no page. */
export function encodeCursor(key: PointKey): string {
  const bytes = encodeKey(key);
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += digits[(held >> bits) & 63];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + digits[(held << (6 - bits)) & 63];
}

/** @throws invalid unless the text came from `encodeCursor` */
export function decodeCursor(text: string): PointKey {
  if (text.length !== LENGTH) throw badCursor(text);
  const bytes = new Uint8Array(32);
  let at = 0;
  let held = 0;
  let bits = 0;
  for (const digit of text) {
    const value = digits.indexOf(digit);
    if (value < 0) throw badCursor(text);
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
    held &= (1 << bits) - 1;
  }
  const key = decodeKey(bytes);
  if (!isWhole(key.time) || !isWhole(key.step) || (key.batch !== null && !isWhole(key.batch))) throw badCursor(text);
  return key;
}

function isWhole(x: number): boolean {
  return Number.isInteger(x) && Math.abs(x) <= MAX_INTEGER;
}

function badCursor(text: string): Error {
  return invalid(`'${clip(text)}' is no cursor of a history. Use the 'next' of the page before, or none.`, {
    cursor: clip(text),
  });
}
