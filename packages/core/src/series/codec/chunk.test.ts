import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import { type ChunkRecord, decodeChunk, decodeChunkValues, encodeChunk } from "./chunk.ts";
import type { Compressor } from "./compressor.ts";
import { buildEntries, CHUNK, decodeEntries, FINE, groupEntries, MIDDLE } from "./entry.ts";
import { keyAt, type Points, sortPoints } from "./points.ts";
import { assertDecoded, bitsOf, canonicalBitsOf, createRandom, identity, sortedPointsOf, zstd } from "./testing.ts";

const full = sortedPointsOf(fc.constant(CHUNK));
const sizeOf = (c: ChunkRecord) => c.values.length + c.axes.length + c.fine.length + c.middle.length;

/** 4096 points of a metric that is logged every 240 ms or so. */
function logged(value: (i: number, random: () => number) => number): Points {
  const random = createRandom(3);
  let time = 1_700_000_000_000;
  return {
    steps: Float64Array.from({ length: CHUNK }, (_, i) => 500 + i),
    times: Float64Array.from({ length: CHUNK }, () => {
      time += 240 + Math.floor(random() * 20);
      return time;
    }),
    values: Float64Array.from({ length: CHUNK }, (_, i) => value(i, random)),
    batches: null,
  };
}

const loss = (i: number, random: () => number) => (2 * Math.exp(-i / 3000) + 0.2) * (0.9 + random() / 5);

describe("chunk", () => {
  it("gives back 4096 points bit for bit, whatever they are and whatever compresses them", () => {
    fc.assert(
      fc.property(full, fc.constantFrom<Compressor>(zstd, identity), (p, compressor) => {
        const chunk = encodeChunk(p, compressor);
        assertDecoded(decodeChunk(chunk, compressor), p);
        assert.deepEqual(bitsOf(decodeChunkValues(chunk, compressor)), canonicalBitsOf(p.values));
      }),
      { numRuns: 60 },
    );
  });

  it("says its keys, its range of steps and its pyramid", () => {
    fc.assert(
      fc.property(full, (p) => {
        const chunk = encodeChunk(p, zstd);
        assert.deepEqual(chunk.minKey, keyAt(p, 0));
        assert.deepEqual(chunk.maxKey, keyAt(p, CHUNK - 1));
        assert.equal(chunk.minStep, Math.min(...p.steps) + 0);
        assert.equal(chunk.maxStep, Math.max(...p.steps) + 0);
        const fine = buildEntries(p, FINE);
        assert.deepEqual(decodeEntries(chunk.fine), fine);
        assert.deepEqual(decodeEntries(chunk.middle), groupEntries(fine, MIDDLE / FINE));
      }),
      { numRuns: 30 },
    );
  });

  it("keeps NaN and infinities among decimals, at the edges too", () => {
    for (const special of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const p = logged((i) => (i === 0 || i === 77 || i === CHUNK - 1 ? special : Math.round(i * 7.3) / 100));
      const chunk = encodeChunk(p, zstd);
      assertDecoded(decodeChunk(chunk, zstd), p);
      assert.ok(chunk.values.length < 2 * CHUNK);
    }
  });

  // Decimals are counted as they come: a large number that fitted with none must not be scaled by those of a later one.
  it("keeps a large number at the start of small decimals", () => {
    for (const large of [2 ** 49, 4e15, 2 ** 53, 1e300]) {
      const p = logged((i) => (i < 10 ? large : (i + 123_456_789) / 1e9));
      assertDecoded(decodeChunk(encodeChunk(p, zstd), zstd), p);
    }
  });

  // Metrics of one training share steps and times: packing them for each took a fifth of a seal.
  it("packs axes once for neighbours that share them, and anew when a single number differs", () => {
    const one = { ...logged(loss), batches: new Float64Array(CHUNK).fill(Number.NaN) };
    const change = (column: Float64Array, at: number): Float64Array =>
      column.map((number, index) => (index !== at ? number : Number.isNaN(number) ? 0 : number + 1));
    const packed = encodeChunk(one, zstd).axes;
    assert.notEqual(encodeChunk(one, identity).axes, packed);
    for (const next of [
      { ...one, values: logged((i) => i / 8).values },
      { ...one, steps: change(one.steps, CHUNK - 1) },
      { ...one, times: change(one.times, 17) },
      { ...one, batches: change(one.batches, 0) },
      { ...one, batches: null },
    ]) {
      const first = encodeChunk(one, zstd);
      const chunk = encodeChunk(next, zstd);
      const isShared = next.steps === one.steps && next.times === one.times && next.batches === one.batches;
      assert.equal(chunk.axes === first.axes, isShared);
      assertDecoded(decodeChunk(chunk, zstd), next);
    }
  });

  // Not a matter of taste: bytes a point at rest is what the project promises, and each figure is one class of values at work.
  it("spends few bytes a point", () => {
    const bytes = (value: (i: number, random: () => number) => number) =>
      sizeOf(encodeChunk(logged(value), zstd)) / CHUNK;
    assert.ok(bytes((i, random) => Math.fround(loss(i, random))) < 4.1, "float32 noise");
    assert.ok(bytes(loss) < 8, "float64 noise");
    assert.ok(bytes((i, random) => Math.round(1e4 * loss(i, random)) / 1e4) < 3, "four decimals");
    assert.ok(bytes((_, random) => Math.floor(random() * 256) / 256) < 2.2, "k/256");
    assert.ok(bytes((i) => 3 * i) < 0.8, "a ramp");
    assert.ok(bytes(() => 0.1) < 0.8, "a constant");
  });

  it("refuses another number of points, and points out of order", () => {
    const p = logged(loss);
    const turned = { ...p, times: p.times.toReversed() };
    for (const wrong of [sortPoints({ ...p, values: p.values.subarray(1) }), turned]) {
      assert.throws(
        () => encodeChunk(wrong, zstd),
        (error) => isTrackerError(error) && error.code === "invalid",
      );
    }
  });
});
