import type { FlatLog } from "./flat-log.ts";
import type { PartChain } from "./part-chain.ts";
import type { TailStats } from "./tail-stats.ts";

/** A reader's view of one run's journal, as of the head it names. */
export interface TailView {
  readonly run: number;
  seq: number;
  readonly sealed: number;
  readonly log: FlatLog;
  /** Slots by series id, and back. */
  readonly slots: Map<number, number>;
  readonly ids: number[];
  readonly chain: PartChain;
  readonly stats: TailStats;
  bytes: number;
}
