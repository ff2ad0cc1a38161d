import type { ReadTx } from "../../store/tx.ts";
import { decodeChunk } from "../codec/chunk.ts";
import { type Points, pointCount } from "../codec/points.ts";
import type { Compressor } from "../port.ts";
import { type ByteLru, createByteLru } from "./byte-lru.ts";

/** Decoded points by the name of where they lie. */
export type ChunkCache = ByteLru<Points>;

export function createChunkCache(limit: number): ChunkCache {
  return createByteLru(limit, (points) => pointCount(points) * (points.batches === null ? 24 : 32) + 200);
}

export function chunkName(series: number, attempt: number, number: number): string {
  return `${series}/${attempt}/${number}`;
}

/** The points of one chunk. */
export function readChunk(tx: ReadTx, compressor: Compressor, series: number, attempt: number, number: number): Points {
  const row = tx.get("chunks", series, attempt, number);
  if (row === undefined) throw new Error(`chunks has no row ${chunkName(series, attempt, number)}`);
  return decodeChunk(row, compressor);
}
