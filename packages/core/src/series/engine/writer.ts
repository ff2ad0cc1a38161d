import type { Tx } from "../../store/tx.ts";
import type { Compressor, SeriesWriter } from "../port.ts";
import { appendBatch, unstage } from "./append.ts";
import { createFrameLru } from "./bundle-parts.ts";
import { createChunkCache } from "./chunk-cache.ts";
import { createColumnPool } from "./column-pool.ts";
import type { OnDamage } from "./damage.ts";
import { type Engine, stageTail } from "./engine.ts";
import { flushTail } from "./flush.ts";
import { noteHead, noteLeftover, walkHotRuns } from "./hot-runs.ts";
import { type EngineLimits, engineLimits } from "./limits.ts";
import { clearSeries, removeRun } from "./remove.ts";
import { isDue, sealNext, TAILS_FULL } from "./schedule.ts";
import { shedLog, tailBytes } from "./tail.ts";

export interface SeriesWriterOptions {
  /** The one writing transaction; it may be rolled back and begun anew between groups. */
  readonly tx: Tx;
  readonly compressor: Compressor;
  /** Changed limits, for tests and measurements. */
  readonly limits?: Partial<EngineLimits>;
  /**
   * Told of each damaged journal record. Its points are lost to readers, but the record stays; the rest of the run goes on.
   * Other damage is thrown at whoever needs the record: an append by its request, a seal by `sealNext`, which then leaves the
   * run alone.
   */
  readonly onDamage?: OnDamage;
}

/**
 * The metric engine's writing half over one `Tx`. It reads what it needs from the rows, so it may be dropped and made anew at
 * any time between groups. See `SeriesWriter` for the order of calls.
 *
 * @example
 * const writer = createSeriesWriter({ tx, compressor });
 * writer.begin();
 * writer.append(run, batch, null);
 * writer.accept();
 * writer.flush();
 * // the adapter commits
 * writer.committed();
 */
export function createSeriesWriter({ tx, compressor, limits, onDamage }: SeriesWriterOptions): SeriesWriter {
  const all = { ...engineLimits, ...limits };
  const engine: Engine = {
    tx,
    compressor,
    limits: all,
    onDamage: onDamage ?? (() => undefined),
    broken: new Set(),
    tails: new Map(),
    hot: new Map(),
    due: new Set(),
    work: new Set(),
    unknown: new Set(),
    columns: createColumnPool(all.columnPoolBytes),
    chunks: createChunkCache(all.chunkCacheBytes),
    ranges: new Map(),
    lastRecord: null,
    arrived: 0,
    budget: 0,
    current: null,
    frames: createFrameLru(all.frameCacheBytes),
    fresh: new Set(),
    journalPoints: 0,
    journalBytes: 0,
    tailBytes: 0,
    begun: false,
    hasDead: true,
    touched: [],
    group: 1,
    request: 1,
    staged: [],
  };
  return {
    begin: () => begin(engine),
    refuse() {
      for (const tail of engine.staged) unstage(tail);
      endRequest(engine);
    },
    accept() {
      for (const tail of engine.staged) tail.undo = [];
      endRequest(engine);
    },
    flush() {
      engine.arrived = 0;
      for (const tail of engine.touched) flushTail(engine, tail);
    },
    committed: () => committed(engine),
    discarded: () => discarded(engine),
    append: (run, batch, mark) => appendBatch(engine, run, batch, mark),
    openAttempt(run, attempt) {
      const tail = stageTail(engine, run);
      const { head, headChanged, ended } = tail;
      tail.undo.push(() => {
        tail.head = head;
        tail.headChanged = headChanged;
        tail.ended = ended;
      });
      tail.head = { ...head, attempt };
      tail.headChanged = true;
      tail.ended = false;
    },
    clear: (run, key) => clearSeries(engine, run, key),
    remove: (run, rows) => removeRun(engine, run, rows),
    ended(run) {
      const tail = stageTail(engine, run);
      const { ended } = tail;
      tail.undo.push(() => {
        tail.ended = ended;
      });
      tail.ended = true;
      tail.endNoted = false;
    },
    isDue: (idleAt) => isDue(engine, idleAt),
    sealNext: (idleAt) => sealNext(engine, idleAt),
    get memory() {
      const { journalBytes, journalPoints } = engine;
      return { tailBytes: engine.tailBytes, journalBytes, journalPoints };
    },
  };
}

function endRequest(engine: Engine): void {
  engine.staged = [];
  engine.request += 1;
}

function begin(engine: Engine): void {
  if (!engine.begun) {
    engine.begun = true;
    for (const head of walkHotRuns(engine.tx)) noteLeftover(engine, head);
  }
  for (const run of engine.unknown) noteHead(engine, engine.tx.get("heads", run), run, false);
  engine.unknown.clear();
}

function committed(engine: Engine): void {
  endRequest(engine);
  for (const tail of engine.touched) {
    const { run } = tail;
    if (tail.removed) continue;
    const written = tail.head.points > (engine.hot.get(run)?.points ?? 0);
    noteHead(engine, tail.head, run, written);
    const isHot = tail.head.sealed < tail.head.seq;
    if (isHot && tail.full) engine.due.add(run);
    if (tail.ended && !tail.endNoted) {
      tail.endNoted = true;
      (isHot ? engine.due : engine.work).add(run);
    }
    engine.tailBytes += tailBytes(tail) - tail.counted;
    tail.counted = tailBytes(tail);
  }
  for (const run of engine.unknown) {
    dropTail(engine, run);
    engine.work.delete(run);
  }
  engine.touched = [];
  engine.group += 1;
  if (engine.hot.size === 0) engine.columns.clear();
  shed(engine);
}

/** Quiet tails are looked for so many times while one becomes quiet: thousands of hot ones may have to be passed by. */
const QUIET_LOOKS = 64;

/** What finished runs left goes before others are sealed for want of memory that nobody uses. */
function shedQuiet(engine: Engine): void {
  const { tails, limits, work, group } = engine;
  if (group % Math.ceil(limits.quietCommits / QUIET_LOOKS) !== 0) return;
  for (const tail of tails.values()) {
    if (engine.tailBytes <= limits.tailBytes * TAILS_FULL || group - tail.group < limits.quietCommits) return;
    const isSealed = tail.seal === null && tail.head.sealed === tail.head.seq;
    // Work that is left knows from the tail that the run has ended.
    if (isSealed && !work.has(tail.run)) dropTail(engine, tail.run);
  }
}

/** The least recently used tails go until the rest fits; those with unsealed points keep what new points need, if they can. */
function shed(engine: Engine): void {
  const { tails, limits } = engine;
  shedQuiet(engine);
  if (engine.tailBytes <= limits.tailBytes) return;
  // Over the bound, this much is kept: else thousands of hot runs would be walked at every commit, for a few bytes each.
  const enough = limits.tailBytes * TAILS_FULL;
  for (const tail of tails.values()) {
    if (engine.tailBytes <= enough) return;
    if (tail.seal === null && tail.head.sealed === tail.head.seq) dropTail(engine, tail.run);
    else if (tail.log.points > 0) {
      const before = tail.counted;
      shedLog(tail);
      tail.counted = tailBytes(tail);
      engine.tailBytes += tail.counted - before;
    }
  }
  for (const tail of tails.values()) {
    if (engine.tailBytes <= enough) return;
    if (tail.seal === null) dropTail(engine, tail.run);
  }
}

function discarded(engine: Engine): void {
  endRequest(engine);
  for (const { run } of engine.touched) engine.unknown.add(run);
  for (const run of engine.unknown) dropTail(engine, run);
  engine.touched = [];
  engine.group += 1;
  engine.hasDead = true;
  engine.current = null;
  engine.lastRecord = null;
  engine.frames.clear();
  engine.chunks.clear();
  engine.ranges.clear();
}

function dropTail(engine: Engine, run: number): void {
  const tail = engine.tails.get(run);
  if (tail === undefined) return;
  engine.tailBytes -= tail.counted;
  engine.tails.delete(run);
}
