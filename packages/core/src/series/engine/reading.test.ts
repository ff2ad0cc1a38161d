import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findName } from "../../runs/names.ts";
import { latestOfHotRuns } from "./hot-latest.ts";
import { createSeriesReader } from "./reader.ts";
import { createReaderCache } from "./reader-cache.ts";
import { createTestEngine, plainCompressor, readAll, type TestPoint } from "./testing.ts";

const rising = (n: number, from = 0): TestPoint[] =>
  Array.from({ length: n }, (_, i) => [from + i, (from + i) * 10, (from + i) / 8]);

test("pages taken from one snapshot after another miss nothing and repeat nothing while points come and seals go", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 50, max: 2000 }),
      (sizes, limit) => {
        const engine = createTestEngine({ workPoints: 3000, runPoints: 2000, fanIn: 2 });
        engine.append(1, { a: rising(5000), b: rising(100) });
        let at = 5000;
        const seen: number[] = [];
        let after: string | null = null;
        for (let turn = 0; turn === 0 || after !== null; turn++) {
          const page = engine.reader().history(1, "a", { after, limit });
          seen.push(...page.steps);
          after = page.next;
          const size = sizes[turn];
          if (size === undefined) continue;
          // Late points too: they lie before the page and must not move it.
          engine.append(1, { a: [...rising(size, at), [0, turn * 10, -turn - 1]] });
          at += size;
          engine.seal(2, turn * 100_000);
        }
        const fresh = seen.filter((step, i) => i === 0 || step !== 0);
        assert.deepEqual(
          fresh,
          Array.from({ length: fresh.length }, (_, i) => i),
        );
        assert.ok(fresh.length >= 5000);
      },
    ),
    { numRuns: 20 },
  );
});

test("an old snapshot is answered as of then, though the cache has gone on", () => {
  const engine = createTestEngine({ seriesPoints: 50 });
  const cache = createReaderCache();
  const open = () => createSeriesReader({ tx: engine.tx.snapshot(), compressor: plainCompressor, cache });
  engine.append(1, { a: rising(10) });
  const early = open();
  engine.append(1, { a: rising(20, 10) });
  const middle = open();
  assert.equal(middle.find(1, "a")?.count, 30);
  assert.equal(early.find(1, "a")?.count, 10);
  assert.equal(readAll(early, 1, "a").length, 10);
  engine.append(1, { a: rising(2, 30) });
  assert.equal(open().find(1, "a")?.count, 32);
  assert.equal(middle.find(1, "a")?.count, 30);
  engine.append(1, { a: rising(38, 32) });
  engine.seal();
  assert.equal(open().find(1, "a")?.count, 70);
  engine.append(1, { a: rising(1, 70) });
  assert.equal(open().find(1, "a")?.count, 71);
  assert.equal(readAll(middle, 1, "a").length, 30);
});

test("hot runs are those with unsealed points, and say what their series have now, sealed part included", () => {
  const engine = createTestEngine({ seriesPoints: 50 });
  engine.append(1, { a: rising(60), quiet: rising(3) });
  engine.append(2, { a: rising(60) });
  engine.seal();
  engine.append(1, { a: [[100, 9000, Number.NaN]] });
  engine.append(3, { a: [[1, 1, -5]] });
  const tx = engine.tx.snapshot();
  const hot = latestOfHotRuns(tx, createReaderCache());
  assert.deepEqual(
    hot.map(({ run }) => run),
    [1, 3],
  );
  const [a, quiet] = ["a", "quiet"].map((key) => findName(tx, key) as number) as [number, number];
  assert.deepEqual(hot[0]?.find(a), { latest: Number.NaN, min: 0, max: 59 / 8 });
  assert.deepEqual(hot[0]?.find(quiet), { latest: 0.25, min: 0, max: 0.25 });
  assert.deepEqual(hot[1]?.find(a), { latest: -5, min: -5, max: -5 });
  assert.equal(hot[1]?.find(quiet), undefined);
});

test("a cursor that no page gave is refused with its text", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(10) });
  for (const after of ["", "x", "A".repeat(43).replace("A", "!"), "/".repeat(43), "_".repeat(43)]) {
    assert.throws(() => engine.reader().history(1, "a", { after, limit: 5 }), { code: "invalid", message: /cursor/ });
  }
});

test("what was never logged has no history, no chart and no info", () => {
  const reader = createTestEngine().reader();
  assert.deepEqual(reader.list(1), []);
  assert.equal(reader.find(1, "a"), undefined);
  assert.equal(reader.history(1, "a", { after: null, limit: 5 }).steps.length, 0);
  assert.deepEqual(reader.buckets([{ run: 1, key: "a" }], { axis: "step", buckets: 5 })[0]?.points, 0);
});

test("infinities and NaN are counted beside the extremes, so that one of them hides no spike", () => {
  const engine = createTestEngine();
  const values = [1, Number.POSITIVE_INFINITY, -2, Number.NaN, Number.NEGATIVE_INFINITY, 7];
  engine.append(1, { a: values.map((value, i): TestPoint => [i, i, value]) });
  const [chart] = engine.reader().buckets([{ run: 1, key: "a" }], { axis: "step", buckets: 1 });
  assert.deepEqual(
    [chart?.mins, chart?.maxs, chart?.sums, chart?.nans, chart?.positiveInfinities, chart?.negativeInfinities].map(
      (column) => [...(column ?? [])],
    ),
    [[-2], [7], [6], [1], [1], [1]],
  );
});
