import { table } from "../store/table.ts";

/** One row a run: where its journal stands. `sealed` < `seq` = the journal holds records sealed+1 … seq. */
export interface HeadRow {
  run: number;
  seq: number;
  sealed: number;
  /** 0, or the record up to which a seal is under way that takes several commits: see `SeriesRow.through`. */
  sealing: number;
  /** Grows whenever what is already written changes its place or goes (merge, rewrite, clear), so that caches notice. */
  layout: number;
  attempt: number;
  /** Points and bytes of the journal records sealed+1 … seq. */
  points: number;
  bytes: number;
  /** The last bundle number given out: numbers never come back. */
  bundles: number;
  /** The `id` of journal record `seq`; it means nothing while `sealed` = `seq`. */
  last: number;
}

export const heads = table<HeadRow>()({
  columns: {
    run: "int",
    seq: "int",
    sealed: "int",
    sealing: "int",
    layout: "int",
    attempt: "int",
    points: "int",
    bytes: "int",
    bundles: "int",
    last: "int",
  },
  key: ["run"],
});

/** Which of a writer's numbered batches are applied: all below `highest`-63 count as applied, the 64 up to it by bit. */
export interface WriterRow {
  run: number;
  writer: string;
  highest: number;
  /** Bits for highest … highest-31 (bit 0 = highest) and highest-32 … highest-63. */
  low: number;
  high: number;
}

export const writers = table<WriterRow>()({
  columns: { run: "int", writer: "text", highest: "int", low: "int", high: "int" },
  key: ["run", "writer"],
});

/**
 * Records of all runs, in the order of their commits: what one commit adds lies together, however many runs it is of. `before`
 * is the `id` of the run's record `seq` - 1; 0, or an id that is gone, if that is sealed. So a run's records are walked from
 * `HeadRow.last` back (`listJournal`). An id is greater than all that are there, and may come back once it is none of them.
 */
export interface JournalRow {
  id: number;
  run: number;
  seq: number;
  before: number;
  data: Uint8Array;
}

export const journal = table<JournalRow>()({
  columns: { id: "int", run: "int", seq: "int", before: "int", data: "blob" },
  key: ["id"],
});

/**
 * One row for each run whose journal holds records. `last` is 0 while the run has a head; once it has none, because it is being
 * removed, the `id` of its newest record that is left.
 */
export interface UnsealedRow {
  run: number;
  last: number;
}

export const unsealed = table<UnsealedRow>()({
  columns: { run: "int", last: "int" },
  key: ["run"],
});

/** Journal records that could not be read when their neighbours were sealed: evidence, which counts nowhere. */
export interface LostRow {
  run: number;
  seq: number;
  data: Uint8Array;
}

export const lost = table<LostRow>()({
  columns: { run: "int", seq: "int", data: "blob" },
  key: ["run", "seq"],
  wide: true,
});

/**
 * One row a series and generation; the summary in it is as of the last seal (current = stored ⊕ tail).
 * `latest` is null with `count` > 0 when the latest value is NaN (a `real` cannot hold it).
 * A cleared series keeps its row, with `name` = -id, until its chunks are taken away; a new generation is a row with a new id.
 */
export interface SeriesRow {
  id: number;
  run: number;
  name: number;
  count: number;
  latest: number | null;
  min: number | null;
  max: number | null;
  /** What bundles numbered up to here hold of this series has moved into chunks, or into a later bundle. */
  taken: number;
  /** What journal records up to here hold of this series is sealed, though the records may still be there. */
  through: number;
  /** 0 = within each attempt, chunks lie in key order by their number and do not overlap. */
  overlaps: number;
  summary: Uint8Array;
}

export const series = table<SeriesRow>()({
  columns: {
    id: "int",
    run: "int",
    name: "int",
    count: "int",
    latest: "real?",
    min: "real?",
    max: "real?",
    taken: "int",
    through: "int",
    overlaps: "int",
    summary: "blob",
  },
  key: ["id"],
  indexes: { byRun: ["run", "name"], byName: ["name", "run"] },
  unique: ["byRun"],
});

/** Exactly 4096 points of one series and attempt. The small fields come first: charts read them without the blobs. */
export interface ChunkRow {
  series: number;
  attempt: number;
  number: number;
  minStep: number;
  maxStep: number;
  minKey: Uint8Array;
  maxKey: Uint8Array;
  middle: Uint8Array;
  fine: Uint8Array;
  values: Uint8Array;
  axes: Uint8Array;
}

export const chunks = table<ChunkRow>()({
  columns: {
    series: "int",
    attempt: "int",
    number: "int",
    minStep: "int",
    maxStep: "int",
    minKey: "blob",
    maxKey: "blob",
    middle: "blob",
    fine: "blob",
    values: "blob",
    axes: "blob",
  },
  key: ["series", "attempt", "number"],
  wide: true,
});

/**
 * Points of many series of one run that fill no chunk. `level` is its size class: eight of one level merge into the next.
 * `upTo` tells writings of one level apart: for level 0 the journal's seq that was sealed, above it the last bundle number
 * that was merged. A bundle above level 0 stands for the series `first` … `last` of all bundles of lower levels numbered up
 * to `upTo`: while a large merge is under way, those still exist, and what they hold of these series does not count.
 */
export interface BundleRow {
  run: number;
  number: number;
  level: number;
  upTo: number;
  first: number;
  last: number;
  points: number;
  directory: Uint8Array;
  frames: Uint8Array;
}

export const bundles = table<BundleRow>()({
  columns: {
    run: "int",
    number: "int",
    level: "int",
    upTo: "int",
    first: "int",
    last: "int",
    points: "int",
    directory: "blob",
    frames: "blob",
  },
  key: ["run", "number"],
  wide: true,
});

/**
 * The coarse pyramid of up to 64 chunks in a row: chunk numbers number*64 … number*64+chunks-1. Written anew with each
 * sixteenth chunk; the chunks behind its last one are read by themselves.
 */
export interface SegmentRow {
  series: number;
  attempt: number;
  number: number;
  chunks: number;
  minStep: number;
  maxStep: number;
  data: Uint8Array;
}

export const segments = table<SegmentRow>()({
  columns: {
    series: "int",
    attempt: "int",
    number: "int",
    chunks: "int",
    minStep: "int",
    maxStep: "int",
    data: "blob",
  },
  key: ["series", "attempt", "number"],
  wide: true,
});
