import type { WriterRow } from "../rows.ts";

/** True if the batch was applied before, or is so old that it counts as applied. */
export function isApplied(row: Pick<WriterRow, "highest" | "low" | "high">, number: number): boolean {
  const back = row.highest - number;
  if (back < 0) return false;
  if (back >= 64) return true;
  const bits = back < 32 ? row.low : row.high;
  return ((bits >>> (back & 31)) & 1) === 1;
}

/** The row with this batch applied; it must not have been applied before. */
export function markApplied(row: WriterRow, number: number): WriterRow {
  const up = number - row.highest;
  if (up <= 0) {
    const bit = 1 << (-up & 31);
    return -up < 32 ? { ...row, low: (row.low | bit) >>> 0 } : { ...row, high: (row.high | bit) >>> 0 };
  }
  const { low, high } = shift(row.low, row.high, up);
  return { ...row, highest: number, low: (low | 1) >>> 0, high };
}

function shift(low: number, high: number, by: number): { low: number; high: number } {
  if (by >= 64) return { low: 0, high: 0 };
  if (by >= 32) return { low: 0, high: (low << (by - 32)) >>> 0 };
  return { low: (low << by) >>> 0, high: ((high << by) | (low >>> (32 - by))) >>> 0 };
}
