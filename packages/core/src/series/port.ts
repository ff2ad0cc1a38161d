import type { SeriesBatch, WriterMark } from "./batch.ts";
import type { SeriesBuckets, SeriesHistory, SeriesInfo } from "./series.ts";

/** Compression comes in by the door: zstd level 1 behind it in the adapters that have it. Pure and synchronous. */
export interface Compressor {
  compress(bytes: Uint8Array): Uint8Array;
  /** @throws internal when the bytes are damaged or do not give exactly `size` bytes. */
  decompress(bytes: Uint8Array, size: number): Uint8Array;
}

/**
 * The metric engine's writing half. It lives beside the one writing transaction and keeps tails in memory.
 *
 * Call order for one group commit, which the adapter drives:
 * `begin` → for each request (`append` | `clear` | `remove` …, then `accept` or, if the request was refused, `refuse`)
 * → `flush` (puts the journal records) → the adapter commits → `committed`; if the commit failed → `discarded`.
 */
export interface SeriesWriter {
  begin(): void;
  /** Drops what the current request staged. Its rows go by the adapter's savepoint. */
  refuse(): void;
  /** Keeps what the current request staged. */
  accept(): void;
  /** Puts one journal record for each run that got points (more only beyond 65 536 points), and its head. */
  flush(): void;
  committed(): void;
  /** After a failed commit: forgets every tail that the group touched. */
  discarded(): void;

  /**
   * Stages points of a run. Points whose key (time, step, value, batch) the series already has are dropped.
   * With a mark that was applied before, nothing happens and `repeated` is true.
   */
  append(
    run: number,
    batch: SeriesBatch,
    mark: WriterMark | null,
  ): { readonly added: number; readonly repeated: boolean };
  /** A start or resume: the run's next points belong to this attempt. */
  openAttempt(run: number, attempt: number): void;
  /** Starts a new generation of one series: its points are gone. False if the run has no such series. */
  clear(run: number, key: string): boolean;
  /** Takes away up to `rows` rows of a purged run; true when none is left. */
  remove(run: number, rows: number): boolean;
  /** The run ended: seal it soon. */
  ended(run: number): void;

  /** False when `sealNext` would surely find nothing to do; it asks only what is in memory. */
  isDue(idleAt: number): boolean;
  /**
   * One seal (or merge) in the current transaction, if one is due; the adapter calls it between group commits, inside
   * `begin` … `committed`, and publishes nothing. `idleAt` (ms) = now: runs silent for 60 s are sealed too.
   * @returns the run that was worked on, or null if nothing was due.
   * @throws internal, naming run and record, if a stored record is damaged; that run is then left alone until the next start.
   */
  sealNext(idleAt: number): number | null;
  /** Bytes held by tails, and of the journal not yet sealed, for limits and for show. */
  readonly memory: { readonly tailBytes: number; readonly journalBytes: number; readonly journalPoints: number };
}

/** The reading half, over one snapshot. Sees every acknowledged write, because it reads journal, bundles and chunks together. */
export interface SeriesReader {
  list(run: number): SeriesInfo[];
  /** Another text whenever points of the run came, were sealed or moved since. A row of a series may change beside it. */
  version(run: number): string;
  find(run: number, key: string): SeriesInfo | undefined;
  /** Points in key order after the cursor. */
  history(run: number, key: string, options: HistoryOptions): SeriesHistory;
  /** The chart of several series at once, each from its own `from` if it has one; one that does not exist gives an empty chart. */
  buckets(
    series: readonly { readonly run: number; readonly key: string; readonly from?: number | undefined }[],
    options: BucketOptions,
  ): SeriesBuckets[];
}

export interface HistoryOptions {
  /** A cursor from an earlier page; null = from the beginning. */
  readonly after: string | null;
  readonly limit: number;
  /** Only points whose step lies in from … to (both inclusive), when given. */
  readonly steps?: { readonly from: number; readonly to: number };
}

export interface BucketOptions {
  readonly axis: "step" | "time";
  /** Inclusive bounds on the axis; the whole series when left out. */
  readonly from?: number;
  readonly to?: number;
  /** The most buckets in the answer (1 … 10 000), 1000 by default. */
  readonly buckets: number;
}
