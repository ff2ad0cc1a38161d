import type { BundleInfo } from "./bundle-info.ts";
import { type ChunkCache, createChunkCache } from "./chunk-cache.ts";
import { createSealedCache, type SealedCache } from "./sealed-cache.ts";
import type { TailView } from "./tail-log.ts";

/**
 * What readers keep from one snapshot to the next, least recently used first. One reader at a time may use it, and snapshots
 * must not go back in time by much: an older one than a kept tail's is answered without the cache.
 */
export interface ReaderCache {
  readonly tails: Map<number, TailView>;
  /** Bundles by run and number. Both are never used again, so these need no check. */
  readonly bundles: Map<number, Map<number, BundleInfo>>;
  /** Texts of names, which never change. */
  readonly names: Map<number, string>;
  /** Decoded points: parts of bundles by run, number and part; chunks by name and the run's layout, which a rewrite raises. */
  readonly points: ChunkCache;
  /** What is sealed of a series, by its id, the last seal that touched it and the run's layout. */
  readonly sealed: SealedCache;
  /** Bytes of points that the kept tails may hold. */
  readonly tailBytes: number;
}

const MOST_RUNS = 256;
const SEALED_BYTES = 16 << 20;
const MOST_NAMES = 100_000;

/**
 * @param tailBytes bytes of unsealed points, 32 MiB unless given
 * @param pointBytes bytes of decoded points, 32 MiB unless given
 */
export function createReaderCache(tailBytes: number = 32 << 20, pointBytes: number = 32 << 20): ReaderCache {
  const points = createChunkCache(pointBytes);
  const sealed = createSealedCache(SEALED_BYTES);
  return { tails: new Map(), bundles: new Map(), names: new Map(), points, sealed, tailBytes };
}

export function keepTail(cache: ReaderCache, view: TailView): void {
  cache.tails.delete(view.run);
  cache.tails.set(view.run, view);
  let bytes = 0;
  for (const { bytes: own } of cache.tails.values()) bytes += own;
  for (const [run, { bytes: own }] of cache.tails) {
    if (bytes <= cache.tailBytes || run === view.run) return;
    cache.tails.delete(run);
    bytes -= own;
  }
}

export function keepBundles(cache: ReaderCache, run: number, infos: readonly BundleInfo[]): void {
  cache.bundles.delete(run);
  if (infos.length > 0) cache.bundles.set(run, new Map(infos.map((info) => [info.number, info])));
  dropOldest(cache.bundles, MOST_RUNS);
}

export function keepName(cache: ReaderCache, id: number, text: string): void {
  cache.names.set(id, text);
  dropOldest(cache.names, MOST_NAMES);
}

function dropOldest(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
