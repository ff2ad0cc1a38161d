import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { packMetrics } from "./pack-metrics.ts";

const metric = { key: "loss", value: 0.5, timestamp: 1000, step: 3 };

const plain = fc.record(
  {
    key: fc.constantFrom("a", "b", "train/loss", "ä b:c-d.e_f"),
    value: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom("NaN", "Infinity", "-Infinity", "2.5"),
    ),
    timestamp: fc.maxSafeNat(),
    step: fc.maxSafeInteger(),
  },
  { requiredKeys: ["key", "value", "timestamp"] },
);

describe("metrics packed into columns", () => {
  it("hold every point once, grouped by key, in the order sent within a key", () => {
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 60 }), (metrics) => {
        const batch = packMetrics(metrics);
        assert.ok(batch);
        assert.equal(new Set(batch.keys).size, batch.keys.length);
        let at = 0;
        batch.keys.forEach((key, number) => {
          for (const sent of metrics.filter((each) => each.key === key)) {
            assert.equal(batch.times[at], sent.timestamp);
            assert.equal(batch.steps[at], sent.step ?? 0);
            assert.ok(Object.is(batch.values[at], Number(sent.value)));
            at++;
          }
          assert.equal(batch.counts[number], metrics.filter((each) => each.key === key).length);
        });
        assert.equal(at, metrics.length);
        assert.equal(batch.values.length, metrics.length);
      }),
    );
  });

  it("leave everything that is not plainly right to the schema", () => {
    const odd: unknown[] = [
      null,
      1,
      "x",
      {},
      { ...metric, key: 5 },
      { ...metric, key: "" },
      { ...metric, key: "a//b" },
      { ...metric, key: "../a" },
      { ...metric, key: "a#b" },
      { ...metric, key: "k".repeat(251) },
      { ...metric, value: null },
      { ...metric, value: "abc" },
      { ...metric, value: true },
      { ...metric, value: Number.POSITIVE_INFINITY },
      { ...metric, timestamp: "5" },
      { ...metric, timestamp: -1 },
      { ...metric, timestamp: 1.5 },
      { ...metric, timestamp: undefined },
      { ...metric, step: null },
      { ...metric, step: "1" },
      { ...metric, step: 2 ** 53 },
    ];
    for (const item of odd) assert.equal(packMetrics([metric, item]), undefined, JSON.stringify(item));
  });
});
