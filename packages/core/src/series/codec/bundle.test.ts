import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import {
  type BundlePart,
  decodeBundle,
  decodeBundleDirectory,
  decodeBundlePart,
  decodeBundlePartAt,
  encodeBundle,
  type FrameCache,
} from "./bundle.ts";
import type { Compressor } from "./compressor.ts";
import { isCorruptRecord } from "./corrupt.ts";
import { type Points, pointCount } from "./points.ts";
import { assertDecoded, createRandom, identity, sortedPointsOf, zstd } from "./testing.ts";

const id = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 0xffffffff }));

/** Parts in order, some of them at the places of others, so that axes are shared. */
const parts: fc.Arbitrary<BundlePart[]> = fc
  .array(
    fc.record({
      series: id,
      attempt: fc.constantFrom(0, 1, 2, 0xffffffff),
      points: sortedPointsOf(fc.constantFrom(1, 2, 20, 300)),
      shares: fc.nat(3),
    }),
    { maxLength: 30 },
  )
  .map((list) => {
    const names = new Map(list.map((part) => [`${part.series}:${part.attempt}`, part]));
    const sorted = [...names.values()].sort((a, b) => a.series - b.series || a.attempt - b.attempt);
    return sorted.map(({ series, attempt, points, shares }, i) => {
      const other = sorted[i - shares]?.points;
      return { series, attempt, points: shares > 0 && other !== undefined ? distinctOn(other) : points };
    });
  });

/** Other values at the same places; rising, so that points at one place keep their order. */
function distinctOn(p: Points): Points {
  return { ...p, values: p.values.map((_, i) => i / 3) };
}

/** Metrics that one job logs together. */
function together(series: number, points: number, value: (s: number, i: number, random: () => number) => number) {
  const random = createRandom(4);
  const steps = Float64Array.from({ length: points }, (_, i) => 100 * i);
  const times = Float64Array.from(
    { length: points },
    (_, i) => 1_700_000_000_000 + 30_000 * i + Math.floor(random() * 2000),
  );
  return Array.from({ length: series }, (_, s): BundlePart => {
    const values = Float64Array.from({ length: points }, (_, i) => value(s, i, random));
    return {
      series: 1000 + s,
      attempt: 0,
      points: { steps: steps.slice(), times: times.slice(), values, batches: null },
    };
  });
}

const noise = (_: number, i: number, random: () => number) => Math.fround(Math.exp(-i / 10) * (0.9 + random() / 5));

describe("bundle", () => {
  it("gives back every part bit for bit, all at once and one by one", () => {
    fc.assert(
      fc.property(parts, fc.constantFrom<Compressor>(zstd, identity), (list, compressor) => {
        const { directory, frames } = encodeBundle(list, compressor);
        const all = decodeBundle(directory, frames, compressor);
        assert.equal(all.length, list.length);
        const d = decodeBundleDirectory(directory, compressor);
        const cache: FrameCache = new Map();
        for (const [i, { series, attempt, points }] of list.entries()) {
          assert.deepEqual([all[i]?.series, all[i]?.attempt], [series, attempt]);
          assertDecoded(all[i]?.points as Points, points);
          assertDecoded(decodeBundlePart(d, frames, series, attempt, compressor, cache) as Points, points);
          assertDecoded(decodeBundlePartAt(d, frames, i, compressor), points);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("says in its directory what each part holds", () => {
    fc.assert(
      fc.property(parts, (list) => {
        const d = decodeBundleDirectory(encodeBundle(list, zstd).directory, zstd);
        assert.deepEqual(
          [...d.series],
          list.map((p) => p.series),
        );
        assert.deepEqual(
          [...d.attempts],
          list.map((p) => p.attempt),
        );
        assert.deepEqual(
          [...d.counts],
          list.map((p) => pointCount(p.points)),
        );
        assert.deepEqual(
          [...d.minTimes],
          list.map((p) => Math.min(...p.points.times) + 0),
        );
        assert.deepEqual(
          [...d.maxTimes],
          list.map((p) => Math.max(...p.points.times) + 0),
        );
        assert.deepEqual(
          [...d.minSteps],
          list.map((p) => Math.min(...p.points.steps) + 0),
        );
        assert.deepEqual(
          [...d.maxSteps],
          list.map((p) => Math.max(...p.points.steps) + 0),
        );
      }),
    );
  });

  it("knows what it does not have", () => {
    const list = together(10, 3, noise);
    const { directory, frames } = encodeBundle(list, zstd);
    const d = decodeBundleDirectory(directory, zstd);
    for (const [series, attempt] of [
      [999, 0],
      [1010, 0],
      [1003, 1],
    ] as const) {
      assert.equal(decodeBundlePart(d, frames, series, attempt, zstd), undefined);
    }
    assert.deepEqual(decodeBundle(encodeBundle([], zstd).directory, new Uint8Array(0), zstd), []);
  });

  it("fills many frames, each read by itself: a damaged one leaves its neighbours readable", () => {
    const list = together(400, 200, (s, i, random) =>
      s % 4 === 0 ? noise(s, i, random) : s % 4 === 1 ? random() : s + i,
    );
    const { directory, frames } = encodeBundle(list, zstd);
    const d = decodeBundleDirectory(directory, zstd);
    const places = d.layout.places;
    assert.ok(places.length > 3);
    const broken = Uint8Array.from(frames);
    const at = (places[1]?.start as number) + 50;
    broken[at] = (broken[at] as number) ^ 1;
    for (const [i, part] of list.entries()) {
      assertDecoded(decodeBundlePartAt(d, frames, i, zstd), part.points);
      if (d.layout.frames[i] === 1) assert.throws(() => decodeBundlePartAt(d, broken, i, zstd), isCorruptRecord);
      else assertDecoded(decodeBundlePartAt(d, broken, i, zstd), part.points);
    }
  });

  it("takes a part too large for a frame", () => {
    const list = together(3, 20_000, (_, __, random) => random());
    const { directory, frames } = encodeBundle(list, zstd);
    for (const [i, part] of decodeBundle(directory, frames, zstd).entries())
      assertDecoded(part.points, (list[i] as BundlePart).points);
  });

  // 1500 metrics of 20 points each are the shape that chunks are bad at: 13 bytes a point.
  it("spends little more than the values of series that are logged together", () => {
    const { directory, frames } = encodeBundle(together(1500, 20, noise), zstd);
    assert.ok((directory.length + frames.length) / 30_000 < 3.5);
  });

  it("notices the frames of another bundle", () => {
    const mine = encodeBundle(together(5, 9, noise), identity);
    const other = encodeBundle(
      together(5, 9, (s, i) => noise(s, i, () => 0.5)),
      identity,
    );
    assert.equal(mine.frames.length, other.frames.length);
    assert.throws(() => decodeBundle(mine.directory, other.frames, identity), isCorruptRecord);
  });

  it("refuses parts out of order, twice, empty, or with points out of order", () => {
    const [a, b] = together(2, 3, noise) as [BundlePart, BundlePart];
    const none = new Float64Array(0);
    const empty = { ...b, points: { steps: none, times: none, values: none, batches: null } };
    const turned = { ...b, points: { ...b.points, times: b.points.times.toReversed() } };
    for (const list of [
      [b, a],
      [a, a],
      [a, empty],
      [a, turned],
    ]) {
      assert.throws(
        () => encodeBundle(list, zstd),
        (error) => isTrackerError(error) && error.code === "invalid",
      );
    }
    assert.equal(encodeBundle([a, b], zstd).frames.length > 0, true);
  });
});
