import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { logTexts, numberTexts, timeTexts } from "./tick-texts.ts";
import { clockTicks, durationTicks, logTicks, niceTicks } from "./ticks.ts";

describe("ticks", () => {
  it("are round numbers", () => {
    assert.deepEqual(niceTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(niceTicks(-3, 3, 3), [-2, 0, 2]);
    assert.deepEqual(niceTicks(0.1, 0.32, 4), [0.1, 0.15, 0.2, 0.25, 0.3]);
  });

  it("lie in the range, rising, and are neither none nor too many", () => {
    const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (from, span, wanted) => {
          const to = from + span;
          fc.pre(to - from > Math.abs(from) * 1e-9);
          const ticks = niceTicks(from, to, wanted);
          assert.ok(ticks.length >= 1 && ticks.length <= wanted * 2 + 1, String(ticks.length));
          for (const [i, tick] of ticks.entries()) {
            assert.ok(tick >= from - span * 1e-6 && tick <= to + span * 1e-6);
            if (i > 0) assert.ok(tick > (ticks[i - 1] as number));
          }
        },
      ),
    );
  });

  it("of a logarithmic axis are powers of ten, or parts of them where there are few", () => {
    assert.deepEqual(logTicks(0.01, 1000, 6), [0.01, 0.1, 1, 10, 100, 1000]);
    assert.deepEqual(logTicks(1, 50, 4), [1, 2, 5, 10, 20, 50]);
    assert.deepEqual(logTicks(1e-12, 1, 4), [1e-12, 1e-9, 1e-6, 1e-3, 1]);
    assert.deepEqual(logTicks(0, 1, 4), []);
  });

  it("of times are whole seconds, minutes and hours", () => {
    assert.deepEqual(durationTicks(0, 3_600_000, 4), [0, 900_000, 1_800_000, 2_700_000, 3_600_000]);
  });

  /** India lies half an hour beside the hours of UTC. */
  it("of the clock are whole hours where the reader is", () => {
    const offset = 5.5 * 3_600_000;
    for (const tick of clockTicks(0, 6 * 3_600_000, 6, offset)) assert.equal((tick + offset) % 3_600_000, 0);
  });
});

describe("labels of ticks", () => {
  it("have the same digits", () => {
    assert.deepEqual(numberTexts([0.1, 0.15, 0.2]), ["0.10", "0.15", "0.20"]);
    assert.deepEqual(numberTexts([0, 50_000, 100_000]), ["0", "50k", "100k"]);
    assert.deepEqual(numberTexts([0, 0.00002]), ["0", "2e-5"]);
  });

  it("of a logarithmic axis are short", () => {
    assert.deepEqual(logTexts([0.001, 1, 1000, 1e5]), ["0.001", "1", "1000", "1e5"]);
  });

  it("of lengths of time are in units", () => {
    assert.deepEqual(timeTexts([0, 900_000, 5_400_000], "time", "en"), ["0", "15m", "1h 30m"]);
    assert.deepEqual(timeTexts([0, 500], "time", "en"), ["0", "0.5s"]);
  });
});
