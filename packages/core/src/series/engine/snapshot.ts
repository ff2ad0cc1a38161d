import { findName, nameText } from "../../runs/names.ts";
import type { ReadTx } from "../../store/tx.ts";
import { allocatePoints, type Points } from "../codec/points.ts";
import type { Compressor } from "../port.ts";
import type { HeadRow, SeriesRow } from "../rows.ts";
import { type BundleInfo, findLiveParts, type LivePart, readBundleInfos } from "./bundle-info.ts";
import { createPartReader } from "./bundle-parts.ts";
import { chunkName, readChunk } from "./chunk-cache.ts";
import { type OnDamage, readRecord } from "./damage.ts";
import { keepBundles, keepName, type ReaderCache } from "./reader-cache.ts";
import type { TailView } from "./tail-log.ts";
import { type AttemptPoints, openTailView, tailPoints } from "./tail-view.ts";

/** What a reader remembers within its snapshot, so that a hundred series of one run read its journal and bundles once. */
export interface Snapshot {
  readonly tx: ReadTx;
  readonly compressor: Compressor;
  readonly cache: ReaderCache | null;
  readonly runs: Map<number, RunSnapshot>;
  readonly names: Map<string, number | undefined>;
  /** Null = damage is an error. */
  readonly onDamage: OnDamage | null;
}

export interface RunSnapshot {
  readonly head: HeadRow;
  /** The journal as of this snapshot; null if everything is sealed. */
  tail(): TailView | null;
  bundles: BundleInfo[] | null;
  readonly readPart: (part: LivePart) => Points;
}

/** The run's state; undefined if it never had a point. */
export function openRun(snapshot: Snapshot, run: number): RunSnapshot | undefined {
  const known = snapshot.runs.get(run);
  if (known !== undefined) return known;
  const { tx, cache, onDamage } = snapshot;
  const head = tx.get("heads", run);
  if (head === undefined) return undefined;
  let view: TailView | null = null;
  const opened: RunSnapshot = {
    head,
    tail() {
      if (head.sealed === head.seq) return null;
      if (view === null) view = openTailView(tx, head, cache, onDamage);
      // A later snapshot's reader has taken records into the shared view that this snapshot does not have.
      else if (view.seq !== head.seq) view = openTailView(tx, head, null, onDamage);
      return view;
    },
    bundles: head.bundles === 0 ? [] : null,
    readPart: keepParts(snapshot, run, createPartReader(snapshot, run)),
  };
  snapshot.runs.set(run, opened);
  return opened;
}

/** What a part of a bundle holds never changes, and its number never comes back. */
function keepParts(
  { cache, onDamage }: Snapshot,
  run: number,
  read: (part: LivePart) => Points,
): (part: LivePart) => Points {
  return (part) => {
    const { bundle, part: number } = part;
    const place = () => `part ${number} of bundle ${bundle.number}`;
    const kept = () =>
      cache === null ? read(part) : cache.points.get(`${run}:${bundle.number}:${number}`, () => read(part));
    return readRecord(onDamage, run, place, kept, () => allocatePoints(0, false));
  };
}

/** The points of a chunk; none if it is damaged and that is not an error. */
export function chunkPoints(
  snapshot: Snapshot,
  { head }: RunSnapshot,
  series: number,
  attempt: number,
  number: number,
): Points {
  const { tx, compressor, cache, onDamage } = snapshot;
  const read = () => readChunk(tx, compressor, series, attempt, number);
  const name = `${chunkName(series, attempt, number)}@${head.layout}`;
  return readRecord(
    onDamage,
    head.run,
    () => placeOfChunk(series, attempt, number),
    () => (cache === null ? read() : cache.points.get(name, read)),
    () => allocatePoints(0, false),
  );
}

export function placeOfChunk(series: number, attempt: number, number: number): string {
  return `chunk ${number} of series ${series}, attempt ${attempt}`;
}

/** What of a series' row says where its points lie. */
export type SeriesPlace = Pick<SeriesRow, (typeof placeColumns)[number]>;

const placeColumns = ["id", "run", "count", "taken", "through", "overlaps"] as const;

export function findSeriesRow(snapshot: Snapshot, run: number, key: string): SeriesRow | undefined {
  const name = nameOf(snapshot, key);
  if (name === undefined) return undefined;
  return snapshot.tx.list("series", { index: "byRun", prefix: [run, name], limit: 1 })[0];
}

export function findSeriesPlace(snapshot: Snapshot, run: number, key: string): SeriesPlace | undefined {
  const name = nameOf(snapshot, key);
  if (name === undefined) return undefined;
  return snapshot.tx.pick("series", placeColumns, { index: "byRun", prefix: [run, name], limit: 1 })[0];
}

function nameOf({ tx, names }: Snapshot, key: string): number | undefined {
  if (!names.has(key)) names.set(key, findName(tx, key));
  return names.get(key);
}

/** The unsealed points of a series, by attempt, in order. */
export function unsealedPoints(run: RunSnapshot, series: SeriesPlace): AttemptPoints[] {
  const tail = run.tail();
  return tail === null ? [] : tailPoints(tail, series);
}

/** The parts of bundles that hold points of a series. */
export function liveParts(snapshot: Snapshot, run: RunSnapshot, row: SeriesPlace): LivePart[] {
  const { cache, onDamage } = snapshot;
  if (run.bundles === null) {
    run.bundles = readBundleInfos(snapshot, row.run, cache?.bundles.get(row.run), onDamage);
    if (cache !== null) keepBundles(cache, row.run, run.bundles);
  }
  return findLiveParts(run.bundles, row.id, row.taken);
}

/** The attempts of which a series has chunks. */
export function chunkAttempts({ tx }: Snapshot, row: SeriesPlace, head: HeadRow): number[] {
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
