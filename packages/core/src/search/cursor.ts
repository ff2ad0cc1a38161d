import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";
import { formatOrder, formatQuery } from "./format.ts";
import { hashText } from "./hash-text.ts";
import type { Expression, Order } from "./query.ts";
import type { Position, SortKey } from "./sort-key.ts";

const VERSION = 1;

/** What a cursor belongs to: the noun, everything that chooses its rows, and the order. Not the page's size. */
export function searchScope(noun: string, choice: string, filter: Expression | null, order: readonly Order[]): string {
  return JSON.stringify([noun, choice, filter === null ? "" : formatQuery(filter), formatOrder(order)]);
}

/**
 * The place after a page's last row, as opaque text: base64url of JSON [version, hash of the scope, hash of the rest,
 * row, keys …]. It names the row's keys, not a count, so rows that come or go before it do not shift the next page.
 */
export function encodeCursor(scope: string, position: Position): string {
  const place = [position.row, ...position.keys.map(encodeKey)];
  const text = JSON.stringify([VERSION, hashText(scope), hashText(JSON.stringify(place)), ...place]);
  return encodeBase64Url(new TextEncoder().encode(text));
}

/** @throws invalid when the text is no cursor, was changed, or belongs to another search. */
export function decodeCursor(text: string, scope: string, keys: number): Position {
  const parts = parseParts(text);
  if (parts === null) {
    throw invalid(`'${clip(text)}' is not a cursor of this server. Begin again without one.`, { cursor: clip(text) });
  }
  if (parts.scope !== hashText(scope) || parts.position.keys.length !== keys) {
    throw invalid("This cursor belongs to a search with another filter, order or scope. Begin again without one.", {
      cursor: clip(text),
    });
  }
  return parts.position;
}

function parseParts(text: string): { scope: number; position: Position } | null {
  const bytes = decodeBase64Url(text);
  const parts = bytes === null ? null : parseJson(bytes);
  if (!Array.isArray(parts)) return null;
  const [version, scope, check, ...place] = parts as unknown[];
  if (version !== VERSION || typeof scope !== "number" || check !== hashText(JSON.stringify(place))) return null;
  const [row, ...encoded] = place;
  const keys = encoded.map(decodeKey);
  if (typeof row !== "number" || !Number.isSafeInteger(row) || !keys.every((key) => key !== undefined)) return null;
  return { scope, position: { row, keys } };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Texts begin with `=`; NaN and ±Infinity, which JSON lacks, are bare names. */
function encodeKey(key: SortKey): number | string | null {
  if (typeof key === "string") return `=${key}`;
  return typeof key === "number" && !Number.isFinite(key) ? String(key) : key;
}

function decodeKey(key: unknown): SortKey | undefined {
  if (key === null || typeof key === "number") return key;
  if (typeof key !== "string") return undefined;
  if (key.startsWith("=")) return key.slice(1);
  return key === "NaN" || key === "Infinity" || key === "-Infinity" ? Number(key) : undefined;
}
