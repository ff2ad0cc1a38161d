import { decodeCursor, encodeCursor } from "../search/cursor.ts";

/** The place after a line of a model's history. */
export function encodeHistoryCursor(model: number, number: number): string {
  return encodeCursor(scopeOf(model), { row: number, keys: [] });
}

/** @throws invalid for what is no cursor of this model's history. */
export function decodeHistoryCursor(model: number, cursor: string): number {
  return decodeCursor(cursor, scopeOf(model), 0).row;
}

function scopeOf(model: number): string {
  return `history of model ${model}`;
}
