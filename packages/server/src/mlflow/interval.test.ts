import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { pickSteps } from "./interval.ts";

describe("steps sampled for a chart", () => {
  it("are all of them when they are few", () => {
    assert.deepEqual([...pickSteps([[3, 1], [2]], 3)].sort(), [1, 2, 3]);
    assert.deepEqual([...pickSteps([], 5)], []);
  });

  it("are spread evenly, with the first and last of every run", () => {
    const long = Array.from({ length: 101 }, (_, step) => step);
    assert.deepEqual(
      [...pickSteps([long, [13, 17]], 5)].sort((a, b) => a - b),
      [0, 13, 17, 25, 50, 75, 100],
    );
  });

  it("exist, and are at most as many as asked for beside the bounds of the runs", () => {
    const runs = fc.array(fc.array(fc.integer({ min: -50, max: 50 })), { maxLength: 5 });
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 20 }), (steps, limit) => {
        const kept = pickSteps(steps, limit);
        const all = new Set(steps.flat());
        for (const step of kept) assert.ok(all.has(step));
        assert.ok(kept.size <= limit + 2 * steps.length);
        for (const run of steps.filter((each) => each.length > 0)) {
          assert.ok(kept.has(Math.min(...run)) && kept.has(Math.max(...run)));
        }
      }),
    );
  });
});
