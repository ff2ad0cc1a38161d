import type { Tx } from "../../store/tx.ts";
import type { Compressor } from "../port.ts";
import type { FrameLru } from "./bundle-parts.ts";
import type { ChunkCache } from "./chunk-cache.ts";
import type { ChunkRange } from "./chunk-ranges.ts";
import type { ColumnPool } from "./column-pool.ts";
import type { OnDamage } from "./damage.ts";
import type { EngineLimits } from "./limits.ts";
import { loadTail, type RunTail } from "./tail.ts";

/** A run with unsealed points, as of the last commit. */
export interface HotRun {
  points: number;
  bytes: number;
  /** When the engine last knew it to be written; NaN = since the engine last looked at the clock. */
  at: number;
}

/** What the parts of the writing half share. */
export interface Engine {
  readonly tx: Tx;
  readonly compressor: Compressor;
  readonly limits: EngineLimits;
  readonly onDamage: OnDamage;
  /** Least recently used first. */
  readonly tails: Map<number, RunTail>;
  /** Runs with unsealed points, least recently written first. */
  readonly hot: Map<number, HotRun>;
  /** Runs to be sealed, and runs whose bundles or chunks want work. */
  readonly due: Set<number>;
  readonly work: Set<number>;
  /** Runs with a record that cannot be read where it must be: no seal touches them until the next start. */
  readonly broken: Set<number>;
  /** Runs whose heads must be read anew, because a commit failed or the engine has just begun. */
  readonly unknown: Set<number>;
  readonly columns: ColumnPool;
  readonly chunks: ChunkCache;
  /** Chunk ranges by series id, for the search of late points. */
  readonly ranges: Map<number, readonly ChunkRange[]>;
  /** The greatest id in the journal, or a greater one; null = it must be read. */
  lastRecord: number | null;
  /** Points of the last commit, 0 once background work followed it, and how many that may handle. */
  arrived: number;
  budget: number;
  /** The run whose seal is under way. */
  current: number | null;
  readonly frames: FrameLru;
  /** Runs written since the engine last knew the time. */
  readonly fresh: Set<number>;
  journalPoints: number;
  journalBytes: number;
  tailBytes: number;
  begun: boolean;
  /** False once no cleared series is left to be swept. */
  hasDead: boolean;
  touched: RunTail[];
  group: number;
  request: number;
  /** Tails with a stage of the current request. */
  staged: RunTail[];
}

/** The run's tail, loaded if need be, and marked as touched by this group. */
export function openTail(engine: Engine, run: number): RunTail {
  const known = engine.tails.get(run);
  const tail = known ?? loadTail(engine, run);
  if (known === undefined) tail.full = tail.unsealed.some((points) => points >= engine.limits.seriesPoints);
  if (tail.group !== engine.group) {
    if (known !== undefined) engine.tails.delete(run);
    engine.tails.set(run, tail);
    tail.group = engine.group;
    engine.touched.push(tail);
  }
  return tail;
}

/** As `openTail`, and what follows can be taken back until the request is accepted. */
export function stageTail(engine: Engine, run: number): RunTail {
  const tail = openTail(engine, run);
  if (tail.request !== engine.request) {
    tail.request = engine.request;
    tail.requestPoints = tail.log.points;
    tail.requestParts = tail.log.parts;
    tail.requestSlots = tail.slots.length;
    engine.staged.push(tail);
  }
  return tail;
}
