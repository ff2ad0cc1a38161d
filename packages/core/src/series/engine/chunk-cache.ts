import type { ReadTx } from "../../store/tx.ts";
import { decodeChunk } from "../codec/chunk.ts";
import { pointCount, type Points } from "../codec/points.ts";
import type { Compressor } from "../port.ts";

/** Decoded points by name, least recently used first, bounded by bytes. */
export interface ChunkCache {
  get(name: string, load: () => Points): Points;
  forget(name: string): void;
  clear(): void;
}

export function createChunkCache(limit: number): ChunkCache {
  const held = new Map<string, Points>();
  let bytes = 0;
  const drop = (name: string, points: Points) => {
    held.delete(name);
    bytes -= bytesOf(points);
  };
  return {
    get(name, load) {
      const known = held.get(name);
      if (known !== undefined) {
        held.delete(name);
        held.set(name, known);
        return known;
      }
      const points = load();
      held.set(name, points);
      bytes += bytesOf(points);
      for (const [oldest, old] of held) {
        if (bytes <= limit || oldest === name) break;
        drop(oldest, old);
      }
      return points;
    },
    forget(name) {
      const points = held.get(name);
      if (points !== undefined) drop(name, points);
    },
    clear() {
      held.clear();
      bytes = 0;
    },
  };
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

function bytesOf(points: Points): number {
  return pointCount(points) * (points.batches === null ? 24 : 32) + 200;
}
