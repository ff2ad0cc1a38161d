import { findName, nameText } from "../../runs/names.ts";
import type { ReadTx } from "../../store/tx.ts";
import type { Points } from "../codec/points.ts";
import type { Compressor } from "../port.ts";
import type { HeadRow, SeriesRow } from "../rows.ts";
import { type BundleInfo, findLiveParts, type LivePart, readBundleInfos } from "./bundle-info.ts";
import { createPartReader } from "./bundle-parts.ts";
import { keepBundles, keepName, type ReaderCache } from "./reader-cache.ts";
import { type AttemptPoints, openTailView, type TailView, tailPoints } from "./tail-view.ts";

/** What a reader remembers within its snapshot, so that a hundred series of one run read its journal and bundles once. */
export interface Snapshot {
  readonly tx: ReadTx;
  readonly compressor: Compressor;
  readonly cache: ReaderCache | null;
  readonly runs: Map<number, RunSnapshot>;
  readonly names: Map<string, number | undefined>;
}

export interface RunSnapshot {
  readonly head: HeadRow;
  /** Null if everything is sealed. */
  readonly tail: TailView | null;
  bundles: BundleInfo[] | null;
  readonly readPart: (part: LivePart) => Points;
}

/** The run's state; undefined if it never had a point. */
export function openRun(snapshot: Snapshot, run: number): RunSnapshot | undefined {
  const known = snapshot.runs.get(run);
  if (known !== undefined) return known;
  const { tx, cache } = snapshot;
  const head = tx.get("heads", run);
  if (head === undefined) return undefined;
  const opened: RunSnapshot = {
    head,
    tail: head.sealed < head.seq ? openTailView(tx, head, cache) : null,
    bundles: head.bundles === 0 ? [] : null,
    readPart: keepParts(cache, run, createPartReader(snapshot, run)),
  };
  snapshot.runs.set(run, opened);
  return opened;
}

/** What a part of a bundle holds never changes, and its number never comes back. */
function keepParts(cache: ReaderCache | null, run: number, read: (part: LivePart) => Points): (part: LivePart) => Points {
  if (cache === null) return read;
  return (part) => cache.points.get(`${run}:${part.bundle.number}:${part.part}`, () => read(part));
}

export function findSeriesRow({ tx, names }: Snapshot, run: number, key: string): SeriesRow | undefined {
  if (!names.has(key)) names.set(key, findName(tx, key));
  const name = names.get(key);
  return name === undefined ? undefined : tx.list("series", { index: "byRun", prefix: [run, name], limit: 1 })[0];
}

/** The unsealed points of a series, by attempt, in order. */
export function unsealedPoints(run: RunSnapshot, series: number): AttemptPoints[] {
  return run.tail === null ? [] : tailPoints(run.tail, series);
}

/** The parts of bundles that hold points of a series. */
export function liveParts(snapshot: Snapshot, run: RunSnapshot, row: SeriesRow): LivePart[] {
  const { cache } = snapshot;
  if (run.bundles === null) {
    run.bundles = readBundleInfos(snapshot, row.run, cache?.bundles.get(row.run));
    if (cache !== null) keepBundles(cache, row.run, run.bundles);
  }
  return findLiveParts(run.bundles, row.id, row.taken);
}

/** The attempts of which a series has chunks. */
export function chunkAttempts({ tx }: Snapshot, row: SeriesRow, head: HeadRow): number[] {
  const found: number[] = [];
  if (row.count === 0) return found;
  let after = -1;
  while (after < head.attempt) {
    const next = tx.pick("chunks", ["attempt"], { prefix: [row.id], after, limit: 1 })[0];
    if (next === undefined) break;
    after = next.attempt;
    found.push(after);
  }
  return found;
}

export function textOfName({ tx, cache }: Snapshot, id: number): string {
  const known = cache?.names.get(id);
  if (known !== undefined) return known;
  const text = nameText(tx, id);
  if (cache !== null) keepName(cache, id, text);
  return text;
}
