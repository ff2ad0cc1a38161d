import type { ReadTx } from "../../store/tx.ts";
import { compareKeys, type PointKey } from "../codec/points.ts";
import { decodeKey } from "./key-bytes.ts";

/** The stretch of keys that a chunk covers. */
export interface ChunkRange {
  readonly attempt: number;
  readonly number: number;
  readonly minKey: PointKey;
  readonly maxKey: PointKey;
}

const MOST_SERIES = 256;

/** The chunks of a series, remembered until it gets another. */
export function readChunkRanges(
  { tx, ranges: held }: { readonly tx: ReadTx; readonly ranges: Map<number, readonly ChunkRange[]> },
  series: number,
): readonly ChunkRange[] {
  const known = held.get(series);
  if (known !== undefined) return known;
  const ranges = tx
    .pick("chunks", ["attempt", "number", "minKey", "maxKey"], { prefix: [series] })
    .map((row) => ({ ...row, minKey: decodeKey(row.minKey), maxKey: decodeKey(row.maxKey) }));
  held.set(series, ranges);
  for (const oldest of held.keys()) {
    if (held.size <= MOST_SERIES) break;
    held.delete(oldest);
  }
  return ranges;
}

/** The chunks over the key that the most chunks cover. */
export function findDeepest(ranges: readonly ChunkRange[]): ChunkRange[] {
  const sorted = [...ranges].sort((a, b) => compareKeys(a.minKey, b.minKey));
  let open: ChunkRange[] = [];
  let deepest: ChunkRange[] = [];
  for (const range of sorted) {
    open = open.filter((other) => compareKeys(other.maxKey, range.minKey) >= 0);
    open.push(range);
    if (open.length > deepest.length) deepest = [...open];
  }
  return deepest;
}
