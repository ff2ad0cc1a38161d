import { type BundleInfo, isReplaced, readBundleInfos } from "./bundle-info.ts";
import type { Engine } from "./engine.ts";
import { type RunTail, type SeriesSlot, slotOfId } from "./tail.ts";

/** The run's bundles with what lives in them counted, per bundle and per series. */
export function openBundles(engine: Engine, tail: RunTail): BundleInfo[] {
  const { tx } = engine;
  if (tail.bundles !== null) return tail.bundles;
  const infos = tail.head.bundles === 0 ? [] : readBundleInfos(engine, tail.run);
  for (const info of infos) {
    const { series, counts } = info.directory;
    for (let part = 0; part < series.length; part++) {
      const slot = tail.slots[slotOfId(tx, tail, series[part] as number)] as SeriesSlot;
      if (slot.row === null || info.number <= slot.row.taken || isReplaced(infos, info, slot.id)) continue;
      info.live += counts[part] as number;
      slot.bundled += counts[part] as number;
    }
  }
  tail.bundles = infos;
  return infos;
}
