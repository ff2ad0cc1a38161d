import assert from "node:assert/strict";
import type { Client } from "@cairn/client";
import { isTrackerError } from "@cairn/core";

const START = 1_700_000_000_000;
const PAGE = 100_000;

/** The value of a point is known from its place, so that a test keeps no copy of what it sent. Some are not finite. */
export function valueAt(key: string, step: number): number {
  if (step % 97 === 13) return Number.NaN;
  if (step % 101 === 17) return step % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return Math.sin(step * 12.9898 + key.length * 78.233 + key.charCodeAt(key.length - 1)) * 43_758.545;
}

export function timeAt(step: number): number {
  return START + step * 250 + (step % 7);
}

/** How many points of a series there are, which must be those of steps 0, 1, 2 … exactly, each once. */
export async function countSteps(client: Client, run: string, key: string): Promise<number> {
  let next = 0;
  let cursor: string | undefined;
  do {
    const page = await findHistory(client, run, key, cursor);
    if (page === undefined) return 0;
    for (let i = 0; i < page.steps.length; i++, next++) {
      const place = `${key} of ${run} at ${next}`;
      // The order is by time, and times grow with steps: a missing or double point shows at its place.
      assert.equal(page.steps[i], next, `step of ${place}`);
      assert.equal(page.times[i], timeAt(next), `time of ${place}`);
      assert.ok(Object.is(page.values[i], valueAt(key, next)), `value of ${place}: ${page.values[i]}`);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return next;
}

async function findHistory(client: Client, run: string, key: string, cursor: string | undefined) {
  try {
    return await client.series.history(run, key, { limit: PAGE, cursor });
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found" && cursor === undefined) return undefined;
    throw error;
  }
}
