import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { compareKeys } from "../codec/points.ts";
import { findDeepest } from "./chunk-ranges.ts";
import { decodeKey } from "./key-bytes.ts";
import { createTestEngine, distinctPoints, readAll, type TestEngine, type TestPoint } from "./testing.ts";

const limits = { seriesPoints: 4096, workPoints: 20_000, depth: 2, fanIn: 3 };

function depthOf(engine: TestEngine, series: number): number {
  const rows = engine.tx.list("chunks", { prefix: [series] });
  return findDeepest(rows.map((row) => ({ ...row, minKey: decodeKey(row.minKey), maxKey: decodeKey(row.maxKey) })))
    .length;
}

/** What the rows must say of one another, whatever happened. */
function checkRows(engine: TestEngine): void {
  for (const segment of engine.tx.list("segments", { prefix: [] })) {
    const from = segment.number * 64;
    const chunks = engine.tx.list("chunks", {
      prefix: [segment.series, segment.attempt],
      from,
      to: from + segment.chunks,
    });
    assert.equal(chunks.length, segment.chunks);
    assert.equal(segment.minStep, Math.min(...chunks.map((chunk) => chunk.minStep)));
    assert.equal(segment.maxStep, Math.max(...chunks.map((chunk) => chunk.maxStep)));
  }
  for (const row of engine.tx.list("series", { prefix: [] })) {
    const chunks = engine.tx.list("chunks", { prefix: [row.id] });
    for (const [i, chunk] of chunks.entries()) {
      const before = chunks[i - 1];
      if (before === undefined || before.attempt !== chunk.attempt) assert.equal(chunk.number, 0);
      else {
        assert.equal(chunk.number, before.number + 1);
        if (row.overlaps === 0) assert.ok(compareKeys(decodeKey(before.maxKey), decodeKey(chunk.minKey)) < 0);
      }
    }
  }
}

/** Points `start`, `start + stride` … of one long series, each with the value that belongs to it. */
function weave(start: number, stride: number, count: number): TestPoint[] {
  return Array.from({ length: count }, (_, i) => [
    start + i * stride,
    10 * (start + i * stride),
    (start + i * stride) % 97,
  ]);
}

test("points that come in order never make chunks overlap, however the seals cut them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 3, maxLength: 12 }),
      fc.boolean(),
      (sizes, ended) => {
        const engine = createTestEngine(limits);
        let at = 0;
        for (const size of sizes) {
          engine.append(1, { a: weave(at, 1, size), b: weave(at, 1, Math.ceil(size / 3)) });
          at += size;
          engine.seal(1, 0);
          if (ended) engine.commit((writer) => writer.ended(1));
        }
        engine.seal();
        checkRows(engine);
        for (const row of engine.tx.list("series", { prefix: [] })) {
          assert.equal(row.overlaps, 0);
          assert.ok(depthOf(engine, row.id) <= 1);
        }
      },
    ),
    { numRuns: 15 },
  );
});

test("late points may make chunks overlap, but never deeper than the limit, and all are there once", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          start: fc.nat({ max: 30_000 }),
          stride: fc.integer({ min: 1, max: 5 }),
          count: fc.integer({ min: 2000, max: 9000 }),
        }),
        {
          minLength: 3,
          maxLength: 9,
        },
      ),
      (bursts) => {
        const engine = createTestEngine(limits);
        const all: TestPoint[] = [];
        for (const { start, stride, count } of bursts) {
          const points = weave(start, stride, count);
          all.push(...points);
          engine.append(1, { a: points });
          engine.seal();
          assert.ok(depthOf(engine, 1) <= limits.depth);
          checkRows(engine);
        }
        const truth = distinctPoints(all);
        assert.deepEqual(readAll(engine.reader(), 1, "a", 3000), truth);
        engine.restart();
        for (const { start, stride, count } of bursts)
          assert.equal(engine.append(1, { a: weave(start, stride, count) }).added, 0);
        for (const buckets of [7, 100, 5000]) {
          const [chart] = engine
            .reader()
            .buckets([{ run: 1, key: "a" }], { axis: "step", buckets, from: 5000, to: 25_000 });
          const inside = truth.filter(([step]) => step >= 5000 && step <= 25_000);
          assert.equal(chart?.points, inside.length);
          assert.equal(Math.max(...(chart?.maxs ?? []), -1), Math.max(...inside.map((point) => point[2]), -1));
          assert.ok((chart?.counts.length ?? 0) <= buckets);
          if (inside.length > buckets) assert.ok((chart?.counts.length ?? 0) * 2 >= buckets);
        }
      },
    ),
    { numRuns: 15 },
  );
});

test("a long series fed one point at a time through many small seals ends in chunks, and bundles hold less than one", () => {
  const engine = createTestEngine({ ...limits, runPoints: 300, fanIn: 8 });
  for (let i = 0; i < 9000; i++) {
    engine.append(1, { slow: [[i, i, i / 7]], [`only-${i % 50}`]: [[i, i, 1]] });
    if (i % 50 === 0) engine.seal(3, 0);
  }
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  assert.equal(engine.tx.count("chunks", { prefix: [] }), 2);
  assert.equal(engine.tx.count("bundles", { prefix: [1] }), 1);
  assert.equal(engine.tx.list("bundles", { prefix: [1] })[0]?.points, 9000 - 8192 + 9000);
  assert.equal(readAll(engine.reader(), 1, "slow").length, 9000);
});

test("a segment is written with every sixteenth chunk and covers up to 64, however many chunks come at once", () => {
  const engine = createTestEngine({ workPoints: 100_000 });
  for (let i = 0; i < 85; i += 3) {
    engine.append(1, { a: weave(i * 4096, 1, 3 * 4096) });
    engine.seal();
    checkRows(engine);
    const covered = engine.tx.list("segments", { prefix: [1] }).map((segment) => segment.chunks);
    const chunks = i + 3;
    const expected = chunks < 64 ? [chunks - (chunks % 16)] : [64, chunks - 64 - (chunks % 16)];
    assert.deepEqual(
      covered,
      expected.filter((own) => own > 0),
    );
  }
  const [chart] = engine.reader().buckets([{ run: 1, key: "a" }], { axis: "time", buckets: 500 });
  assert.equal(chart?.points, 87 * 4096);
  assert.deepEqual([chart?.mins[0], chart?.maxs[0], chart?.maxSteps[0], chart?.counts[0]], [0, 96, 1023, 1024]);
});

/** Calls until one writes rows of run 1: those before it only read back, which a new process does again. False if nothing is due. */
function sealOnce(engine: TestEngine): boolean {
  const before = engine.tx.get("heads", 1);
  while (engine.seal(1) > 0) if (!isDeepStrictEqual(engine.tx.get("heads", 1), before)) return true;
  return false;
}

test("a merge of many series goes on where it was, though the process is new at every slice, and each snapshot is whole", () => {
  const engine = createTestEngine({ workPoints: 40, sealPoints: 400, bundlePoints: 30, fanIn: 3, largePart: 1000 });
  const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
  const check = () => {
    const reader = engine.reader();
    for (const info of reader.list(1)) assert.equal(readAll(reader, 1, info.key).length, info.count);
    return reader.list(1).reduce((sum, info) => sum + info.count, 0);
  };
  let total = 0;
  for (let turn = 0; turn < 4; turn++) {
    engine.append(1, Object.fromEntries(keys.map((key) => [key, weave(turn * 2, 1, 2)])));
    total += 120;
    engine.commit((writer) => writer.ended(1));
    let slices = 0;
    for (; sealOnce(engine) && slices < 100; slices++) {
      assert.equal(check(), total);
      if (slices % 5 === 4 && slices < 20) {
        const at = 1000 * turn + 100 + slices;
        engine.append(1, { late: [[at, at, 1]], k3: [[at, at, 1]] });
        total += 2;
      }
      engine.restart();
      if (turn === 2 && slices === 7) engine.commit((writer) => assert.equal(writer.clear(1, "k7"), true));
      if (turn === 2 && slices === 7) total -= 6;
      engine.commit((writer) => writer.ended(1));
    }
    assert.ok(slices < 100);
    assert.ok(turn === 0 || slices > 4);
    assert.equal(new Set(engine.tx.list("bundles", { prefix: [1] }).map((row) => `${row.level}/${row.upTo}`)).size, 1);
  }
  checkRows(engine);
});

// What charts keep of a series must not outlive the chunks it was made of: a rewrite moves points among the same numbers.
test("a chart of a part of a series counts each of its points once, read after each seal and each rewrite", () => {
  const engine = createTestEngine({ ...limits, seriesPoints: 8192 });
  let rewrites = 0;
  for (let turn = 0; turn < 5; turn++) {
    engine.append(1, { a: weave(turn, 5, 9000) });
    for (let more = true; more; ) {
      for (const [from, to] of [
        [7, 30_000],
        [10_001, 12_345],
        [20_000, 44_000],
      ] as const) {
        const [chart] = engine.reader().buckets([{ run: 1, key: "a" }], { axis: "step", from, to, buckets: 20 });
        const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
        const truth = steps.filter((step) => step % 5 <= turn);
        assert.equal(chart?.points, truth.length);
        assert.equal(
          chart?.sums.reduce((sum, own) => sum + own, 0),
          truth.reduce((sum, step) => sum + (step % 97), 0),
        );
      }
      const { layout } = engine.tx.get("heads", 1) as { layout: number };
      more = engine.seal(1) > 0;
      if (layout !== engine.tx.get("heads", 1)?.layout) rewrites += 1;
    }
  }
  assert.ok(rewrites > 1);
});
