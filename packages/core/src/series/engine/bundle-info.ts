import type { ReadTx } from "../../store/tx.ts";
import { type BundleDirectory, decodeBundleDirectory } from "../codec/bundle.ts";
import type { Compressor } from "../port.ts";
import { type OnDamage, readRecord } from "./damage.ts";

/** A bundle without its frames. */
export interface BundleInfo {
  readonly number: number;
  readonly level: number;
  readonly upTo: number;
  readonly first: number;
  readonly last: number;
  readonly points: number;
  readonly directory: BundleDirectory;
  /** Points that still count, where the writer keeps book. */
  live: number;
}

/** The last series of a bundle that stands for all that follow. */
export const LAST_SERIES: number = Number.MAX_SAFE_INTEGER;

/** All bundles of a run by number; their directories come from the cache where it has them. */
export function readBundleInfos(
  { tx, compressor }: { readonly tx: ReadTx; readonly compressor: Compressor },
  run: number,
  known: ReadonlyMap<number, BundleInfo> = new Map(),
  onDamage: OnDamage | null = null,
): BundleInfo[] {
  const small = tx.pick("bundles", ["number"], { prefix: [run] });
  if (small.every((row) => known.has(row.number))) return small.map((row) => known.get(row.number) as BundleInfo);
  const infos: BundleInfo[] = [];
  for (const row of tx.pick("bundles", columns, { prefix: [run] })) {
    const place = () => `the directory of bundle ${row.number}`;
    const read = () => decodeBundleDirectory(row.directory, compressor);
    const directory = readRecord(onDamage, run, place, read, () => null);
    if (directory !== null) infos.push({ ...row, directory, live: 0 });
  }
  return infos;
}

const columns = ["number", "level", "upTo", "first", "last", "points", "directory"] as const;

/** True if what bundle `b` holds of a series has been merged into another bundle already. */
export function isReplaced(infos: readonly BundleInfo[], b: BundleInfo, series: number): boolean {
  for (const m of infos) {
    if (m.level > b.level && m.upTo >= b.number && series >= m.first && series <= m.last) return true;
  }
  return false;
}

/** One part of a bundle that still counts. `part` is its place in the directory. */
export interface LivePart {
  readonly bundle: BundleInfo;
  readonly part: number;
  readonly attempt: number;
  readonly count: number;
}

/** Where the points of a series lie in bundles. `taken` is the series' own mark. */
export function findLiveParts(infos: readonly BundleInfo[], series: number, taken: number): LivePart[] {
  const found: LivePart[] = [];
  for (const bundle of infos) {
    if (bundle.number <= taken) continue;
    const { directory } = bundle;
    let part = firstPart(directory.series, series);
    if (directory.series[part] !== series || isReplaced(infos, bundle, series)) continue;
    for (; directory.series[part] === series; part++) {
      found.push({
        bundle,
        part,
        attempt: directory.attempts[part] as number,
        count: directory.counts[part] as number,
      });
    }
  }
  return found;
}

/** The first part whose series is not below this one: parts lie in the order of series, then attempt. */
export function firstPart(parts: Uint32Array, series: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle] as number) < series) low = middle + 1;
    else high = middle;
  }
  return low;
}
