import type { ReadTx } from "../../store/tx.ts";
import { decodeBundlePartAt, type FrameCache } from "../codec/bundle.ts";
import type { Points } from "../codec/points.ts";
import type { Compressor } from "../port.ts";
import type { LivePart } from "./bundle-info.ts";
import { type ByteLru, createByteLru } from "./byte-lru.ts";

/** A bundle's frames, and those of them that were unpacked. */
interface Frames {
  readonly bytes: Uint8Array;
  readonly unpacked: FrameCache;
}

export type FrameLru = ByteLru<Frames>;

/** Unpacked frames are a little larger than packed ones; this counts both. */
export function createFrameLru(limit: number): FrameLru {
  return createByteLru(limit, (frames) => frames.bytes.length * 2.5);
}

interface Source {
  readonly tx: ReadTx;
  readonly compressor: Compressor;
  /** Kept from call to call; numbers of bundles never come back. */
  readonly frames?: FrameLru;
}

/** Reads parts of a run's bundles; the frames of a bundle are fetched once. */
export function createPartReader({ tx, compressor, frames }: Source, run: number): (part: LivePart) => Points {
  const kept = frames ?? createFrameLru(Number.POSITIVE_INFINITY);
  return ({ bundle, part }) => {
    const { bytes, unpacked } = kept.get(`${run}:${bundle.number}`, () => {
      const row = tx.pick("bundles", ["frames"], { prefix: [run, bundle.number], limit: 1 })[0];
      if (row === undefined) throw new Error(`bundles has no row ${run}/${bundle.number}`);
      return { bytes: row.frames, unpacked: new Map() };
    });
    return decodeBundlePartAt(bundle.directory, bytes, part, compressor, unpacked);
  };
}
