import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import { decodeJournalRecord, encodeJournalRecord } from "./journal-record.ts";
import { assertDecoded, flatten, pointsOf } from "./testing.ts";

const parts = fc.array(
  fc.record({
    series: fc.integer({ min: 0, max: 0xffffffff }),
    attempt: fc.constantFrom(0, 1, 0xffffffff),
    points: pointsOf(fc.constantFrom(1, 1, 3, 40)),
  }),
  { maxLength: 12 },
);

describe("journal record", () => {
  it("gives back every part bit for bit, in the order it came in", () => {
    fc.assert(
      fc.property(parts, (list) => {
        const flat = flatten(
          list.map((p) => p.points),
          list.map((p) => p.series),
          list.map((p) => p.attempt),
        );
        const back = decodeJournalRecord(encodeJournalRecord(flat));
        assert.deepEqual(back.series, flat.series);
        assert.deepEqual(back.attempts, flat.attempts);
        assert.deepEqual(back.counts, flat.counts);
        assertDecoded(back, flat);
      }),
    );
  });

  // x86 makes its own NaN negative, other machines do not: stored as they are, the same points would give different bytes.
  it("knows one NaN and one zero", () => {
    const record = (bits: bigint) => {
      const values = new Float64Array(BigUint64Array.of(bits, 0x3ff0000000000000n).buffer);
      const point = { steps: Float64Array.of(1, -0), times: Float64Array.of(2, 2), values, batches: null };
      return encodeJournalRecord(flatten([point], [1], [0]));
    };
    const nan = record(0x7ff8000000000000n);
    for (const bits of [0xfff8000000000000n, 0x7ff8000000000001n, 0xffffffffffffffffn])
      assert.deepEqual(record(bits), nan);
    assert.deepEqual(record(0x8000000000000000n), record(0n));
    assert.notDeepEqual(record(0n), nan);
  });

  it("costs a value and little more for a call that logs many metrics", () => {
    const column = (make: (i: number) => number) => Float64Array.from({ length: 1000 }, (_, i) => make(i));
    const flat = {
      series: Uint32Array.from({ length: 1000 }, (_, i) => 77 + i),
      attempts: new Uint32Array(1000),
      counts: new Uint32Array(1000).fill(1),
      steps: column(() => 12),
      times: column(() => 1_700_000_000_000),
      values: column((i) => Math.fround(1 / (i + 3))),
      batches: null,
    };
    assert.ok(encodeJournalRecord(flat).length < 4100);
  });

  it("refuses counts that do not fit and parts without points", () => {
    const point = { steps: Float64Array.of(1), times: Float64Array.of(2), values: Float64Array.of(3), batches: null };
    const flat = flatten([point], [1], [0]);
    for (const counts of [[2], [0], []]) {
      assert.throws(
        () => encodeJournalRecord({ ...flat, counts: Uint32Array.from(counts) }),
        (error) => isTrackerError(error) && error.code === "invalid",
      );
    }
  });
});
