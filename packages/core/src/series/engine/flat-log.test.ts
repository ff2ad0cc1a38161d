// A column given back too early, or twice, would mix the points of two runs; small logs never come to share one.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { createColumnPool } from "./column-pool.ts";
import { appendFlat, createFlatLog, dropFront, flatSlice, releaseLog } from "./flat-log.ts";

interface Part {
  readonly slot: number;
  readonly attempt: number;
  readonly values: readonly number[];
  readonly hasBatches: boolean;
}

const step = fc.record({
  log: fc.nat(2),
  does: fc.constantFrom("append", "append", "append", "drop", "release"),
  parts: fc.integer({ min: 1, max: 1500 }),
  points: fc.integer({ min: 1, max: 3 }),
  hasBatches: fc.boolean(),
  attempt: fc.constantFrom(1, 1, 1, 2),
  isMixed: fc.constantFrom(false, false, true),
  keeps: fc.nat(100),
});

it("logs that share a pool of columns hold what was put into each of them, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40, size: "max" }), (steps) => {
      const pool = createColumnPool(1 << 20);
      const logs = [0, 1, 2].map(() => ({ log: createFlatLog(pool), parts: [] as Part[] }));
      let next = 0;
      for (const { log: at, does, parts: count, points, hasBatches, attempt, isMixed, keeps } of steps) {
        const one = logs[at] as (typeof logs)[number];
        if (does === "append") {
          const parts = Array.from({ length: count }, (_, i) => ({
            slot: i % 7,
            attempt: isMixed ? attempt + (i % 2) : attempt,
            values: Array.from({ length: points }, () => next++),
            hasBatches,
          }));
          appendParts(one.log, parts);
          one.parts.push(...parts);
        } else if (does === "drop") {
          const gone = one.parts.splice(0, one.parts.length - Math.floor((one.parts.length * keeps) / 100));
          dropFront(one.log, gone.flatMap(({ values }) => values).length, gone.length);
        } else {
          releaseLog(one.log);
          one.log = createFlatLog(pool);
          one.parts = [];
        }
        for (const { log, parts } of logs) assert.deepEqual(contentOf(log), expectedOf(log, parts));
      }
    }),
    { numRuns: 10 },
  );
});

function columnsOf(parts: readonly Part[]) {
  const values = Float64Array.from(parts.flatMap((part) => part.values));
  return {
    series: Uint32Array.from(parts, ({ slot }) => slot + 100),
    attempts: Uint32Array.from(parts, ({ attempt }) => attempt),
    counts: Uint32Array.from(parts, (part) => part.values.length),
    steps: values.map((value) => value + 0.25),
    times: values.map((value) => value + 0.5),
    values,
  };
}

function appendParts(log: ReturnType<typeof createFlatLog>, parts: readonly Part[]): void {
  const columns = columnsOf(parts);
  const batches = parts.some(({ hasBatches }) => hasBatches) ? columns.values.map((value) => -value) : null;
  appendFlat(log, { ...columns, batches }, (series) => series - 100);
}

function contentOf(log: ReturnType<typeof createFlatLog>): object {
  const ids = Uint32Array.from({ length: 7 }, (_, slot) => slot + 100);
  const { batches, ...rest } = flatSlice(log, ids, 0, log.parts, 0, log.points);
  return { ...rest, slots: log.slots.subarray(0, log.parts), batches: batches?.slice() ?? null };
}

/** Once any point has had a batch, those without one are NaN, until the log is empty. */
function expectedOf({ batches }: ReturnType<typeof createFlatLog>, parts: readonly Part[]): object {
  const own = parts.flatMap(({ values, hasBatches }) => values.map((value) => (hasBatches ? -value : Number.NaN)));
  return {
    ...columnsOf(parts),
    slots: Uint32Array.from(parts, ({ slot }) => slot),
    batches: batches === null && own.every(Number.isNaN) ? null : Float64Array.from(own),
  };
}
