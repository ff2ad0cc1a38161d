import type { ReadTx } from "../../store/tx.ts";
import { decodeBundlePartAt, type FrameCache } from "../codec/bundle.ts";
import type { Points } from "../codec/points.ts";
import type { Compressor } from "../port.ts";
import type { LivePart } from "./bundle-info.ts";

interface Source {
  readonly tx: ReadTx;
  readonly compressor: Compressor;
}

/** The points of one part. */
export function readPart(source: Source, run: number, part: LivePart): Points {
  return createPartReader(source, run)(part);
}

/** Reads parts of a run's bundles; the frames of a bundle are fetched once. Keep it no longer than the snapshot. */
export function createPartReader({ tx, compressor }: Source, run: number): (part: LivePart) => Points {
  const fetched = new Map<number, { readonly frames: Uint8Array; readonly unpacked: FrameCache }>();
  return ({ bundle, part }) => {
    let held = fetched.get(bundle.number);
    if (held === undefined) {
      const row = tx.pick("bundles", ["frames"], { prefix: [run, bundle.number], limit: 1 })[0];
      if (row === undefined) throw new Error(`bundles has no row ${run}/${bundle.number}`);
      held = { frames: row.frames, unpacked: new Map() };
      fetched.set(bundle.number, held);
    }
    return decodeBundlePartAt(bundle.directory, held.frames, part, compressor, held.unpacked);
  };
}
