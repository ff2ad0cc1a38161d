import { median } from "../quantile.ts";
import { generateLoad } from "./generate-load.ts";
import type { LoadPlan, LoadResult } from "./plan.ts";

/** A slice's steps begin so many bodies behind the last one's: more than one connection sends in a slice, few enough for five digits. */
const BODIES = 5000;

export interface TurnsResult extends Pick<LoadResult, "p50" | "p99" | "acknowledged"> {
  /** Requests a second. */
  readonly speed: number;
}

/**
 * Loads two servers in turn, slice by slice, after a load that warms each: what disturbs the machine for some seconds then
 * disturbs both. Speeds and latencies are the slices' medians; a plan's own seconds are those of one slice.
 *
 * @param warmUpSeconds of each server before the first slice
 */
export async function takeTurns<Side extends string>(
  plans: Readonly<Record<Side, LoadPlan>>,
  { slices, warmUpSeconds }: { readonly slices: number; readonly warmUpSeconds: number },
): Promise<Record<Side, TurnsResult>> {
  const sides = Object.keys(plans) as Side[];
  const results = new Map<Side, LoadResult[]>();
  for (const side of sides) {
    results.set(side, [await generateLoad({ ...plans[side], warmUpSeconds: 0, seconds: warmUpSeconds })]);
  }
  for (let slice = 1; slice <= slices; slice++) {
    // Who goes first changes, so that neither always follows the other.
    for (const side of slice % 2 === 0 ? sides : sides.toReversed()) {
      results.get(side)?.push(await generateLoad({ ...plans[side], firstBody: slice * BODIES }));
    }
  }
  return Object.fromEntries(sides.map((side) => [side, summarize(results.get(side) ?? [])])) as Record<
    Side,
    TurnsResult
  >;
}

function summarize([warmUp, ...slices]: readonly LoadResult[]): TurnsResult {
  const acknowledged: Record<string, number> = {};
  for (const result of [warmUp as LoadResult, ...slices]) {
    for (const [run, points] of Object.entries(result.acknowledged))
      acknowledged[run] = (acknowledged[run] ?? 0) + points;
  }
  return {
    speed: median(slices.map(({ requests, seconds }) => requests / seconds)),
    p50: median(slices.map(({ p50 }) => p50)),
    p99: median(slices.map(({ p99 }) => p99)),
    acknowledged,
  };
}
