import type { Literal } from "../search/query.ts";

/** The latest values of a metric over the runs of a group: finite ones alone. */
export interface GroupMetric {
  readonly key: string;
  /** How many of the runs have one. */
  readonly runs: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
}

/** Runs that have one value of a field, or none of it. */
export interface RunGroup {
  /** null = they lack the field. A text that plainly is a number stands with that number. */
  readonly value: Literal | null;
  /** The query that finds these runs among all. */
  readonly filter: string;
  readonly runs: number;
  /** When the newest of them was made. */
  readonly newest: number;
  /** In the order asked for. */
  readonly metrics: readonly GroupMetric[];
}

export const groupOrders = ["runs", "newest", "value"] as const;
/** Most runs first, newest first, or by value as an order by the field has it. */
export type GroupOrder = (typeof groupOrders)[number];

export interface RunGroups {
  readonly items: readonly RunGroup[];
  /** How many groups there are, and runs in them; a run with two labels is in two groups, and counts once here. */
  readonly groups: number;
  readonly runs: number;
  /** There are groups after these. */
  readonly more: boolean;
}
