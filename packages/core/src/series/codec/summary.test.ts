import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  compareKeys,
  compareLatestKeys,
  concatPoints,
  dedupeSorted,
  keyAt,
  type PointKey,
  type Points,
  pointCount,
  slicePoints,
  sortPoints,
} from "./points.ts";
import { decodeSummary, emptySummary, encodeSummary, mergeSummaries, type Summary, summarize } from "./summary.ts";
import { createRandom, pointsOf, sortedPointsOf } from "./testing.ts";

const distinct = sortedPointsOf(fc.nat(120)).map(dedupeSorted);

const keysOf = (p: Points): PointKey[] => Array.from({ length: pointCount(p) }, (_, i) => keyAt(p, i));
const firstOf = (keys: PointKey[], compare: (a: PointKey, b: PointKey) => number) => keys.toSorted(compare)[0] ?? null;

/** The definition, without haste. */
function expectedSummary(p: Points): Summary {
  const keys = keysOf(p).sort(compareKeys);
  const finite = keys.filter((k) => Number.isFinite(k.value));
  const first = keys[0];
  return {
    count: keys.length,
    latest: firstOf(keys, (a, b) => compareLatestKeys(b, a)),
    min: firstOf(finite, (a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : compareKeys(a, b))),
    max: firstOf(finite, (a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : compareKeys(a, b))),
    sum: finite.reduce((sum, k) => sum + k.value, 0),
    nan: keys.filter((k) => Number.isNaN(k.value)).length,
    posInf: keys.filter((k) => k.value === Number.POSITIVE_INFINITY).length,
    negInf: keys.filter((k) => k.value === Number.NEGATIVE_INFINITY).length,
    greatest: keys.at(-1) ?? null,
    first: first === undefined ? null : { time: first.time, step: first.step },
    ascending: keys.every((k, i) => i === 0 || k.step >= (keys[i - 1] as PointKey).step),
  };
}

/** Equal but for the last digits of the sum. */
function assertSame(actual: Summary, expected: Summary): void {
  assert.deepEqual({ ...actual, sum: 0 }, { ...expected, sum: 0 });
  const size = Math.max(Math.abs(actual.min?.value ?? 0), Math.abs(actual.max?.value ?? 0), 1e-300) * actual.count;
  assert.ok(Object.is(actual.sum, expected.sum) || Math.abs(actual.sum - expected.sum) <= size * 1e-12);
}

const withoutAscending = (s: Summary): Summary => ({ ...s, ascending: false });

/** The points dealt out at random to `hands` parts. */
function deal(p: Points, hands: number, seed: number): Points[] {
  const random = createRandom(seed);
  const parts: Points[][] = Array.from({ length: hands }, () => []);
  for (let i = 0; i < pointCount(p); i++) parts[Math.floor(random() * hands)]?.push(slicePoints(p, i, i + 1));
  return parts.map((part) => sortPoints(concatPoints(part)));
}

describe("summarize", () => {
  it("says of points in any order what its definition says", () => {
    fc.assert(fc.property(pointsOf(fc.nat(120)), (p) => assertSame(summarize(p), expectedSummary(p))));
  });
});

describe("mergeSummaries", () => {
  it("gives the summary of the whole, however the points were dealt out and in whatever order the parts come", () => {
    fc.assert(
      fc.property(distinct, fc.integer({ min: 1, max: 5 }), fc.nat(), fc.boolean(), (p, hands, seed, turned) => {
        const summaries = deal(p, hands, seed).map(summarize);
        if (turned) summaries.reverse();
        const merged = summaries.reduce(mergeSummaries, emptySummary());
        assertSame(withoutAscending(merged), withoutAscending(expectedSummary(p)));
        assert.ok(expectedSummary(p).ascending || !merged.ascending, "ascending is never claimed wrongly");
      }),
    );
  });

  it("is commutative, and associative but for ascending", () => {
    fc.assert(
      fc.property(distinct, fc.nat(), (p, seed) => {
        const [a, b, c] = deal(p, 3, seed).map(summarize) as [Summary, Summary, Summary];
        assertSame(mergeSummaries(a, b), mergeSummaries(b, a));
        const left = mergeSummaries(mergeSummaries(a, b), c);
        const right = mergeSummaries(a, mergeSummaries(b, c));
        assertSame(withoutAscending(left), withoutAscending(right));
      }),
    );
  });

  it("keeps ascending for parts that follow one another, and drops it where a step falls between them", () => {
    fc.assert(
      fc.property(distinct, fc.nat(120), (p, at) => {
        const cut = Math.min(at, pointCount(p));
        const [before, after] = [slicePoints(p, 0, cut), slicePoints(p, cut, pointCount(p))];
        assert.equal(mergeSummaries(summarize(after), summarize(before)).ascending, summarize(p).ascending);
      }),
    );
  });
});

describe("encodeSummary", () => {
  it("gives back every field bit for bit", () => {
    fc.assert(
      fc.property(pointsOf(fc.nat(60)), (p) => {
        const summary = summarize(p);
        assert.deepEqual(decodeSummary(encodeSummary(summary)), summary);
      }),
    );
  });

  it("takes about fifty bytes, for there is one for each series", () => {
    const random = createRandom(5);
    const p: Points = {
      steps: Float64Array.from({ length: 20 }, (_, i) => 100 * i),
      times: Float64Array.from({ length: 20 }, (_, i) => 1_700_000_000_000 + 30_000 * i),
      values: Float64Array.from({ length: 20 }, () => Math.fround(random())),
      batches: null,
    };
    assert.ok(encodeSummary(summarize(p)).length < 60);
  });
});
