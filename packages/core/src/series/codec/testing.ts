// What the tests of this folder share: points of every shape, and comparison bit for bit. It has the name of a test so that core,
// which imports nothing, has no file outside its tests that knows fast-check or node:zlib.
import assert from "node:assert/strict";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import type { Compressor } from "./compressor.ts";
import { crc32 } from "./crc32.ts";
import { type FlatPoints, type Points, pointCount, sortPoints } from "./points.ts";

export const zstd: Compressor = {
  compress: (bytes) => zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  decompress: (bytes, size) => zstdDecompressSync(bytes, { maxOutputLength: Math.max(size, 1) }),
};

/** Leaves bytes as they are, so that a mutation reaches the decoder and not only zstd. */
export const identity: Compressor = { compress: (bytes) => bytes, decompress: (bytes) => bytes };

const MAX = Number.MAX_SAFE_INTEGER;
const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, 2.225073858507201e-308];

type Random = () => number;
type Maker = (i: number, random: Random) => number;

const stepMakers: Record<string, Maker> = {
  zero: () => 0,
  regular: (i) => i,
  sparse: (i) => 100 * i - 7,
  restarted: (i) => i % 50,
  jumping: (_, random) => Math.floor((random() - 0.5) * 1e6),
  huge: (_, random) => Math.trunc((random() - 0.5) * 2 * MAX),
  extremes: (i) => (i % 2 === 0 ? MAX : -MAX),
};

const timeMakers: Record<string, Maker> = {
  ...stepMakers,
  clock: (i, random) => 1_700_000_000_000 + 240 * i + Math.floor(random() * 20),
  slow: (i, random) => 1_700_000_000_000 + 30_000 * i + Math.floor(random() * 5000),
  accelerating: (i) => 1_700_000_000_000 + i * i,
};

const valueMakers: Record<string, Maker> = {
  constant: () => 0.1,
  whole: (i, random) => i * 3 - Math.floor(random() * 100),
  decimal: (_, random) => Math.round(random() * 1e4) / 1e4,
  long: (_, random) => Math.round(random() * 1e9) / 1e9,
  single: (i, random) => Math.fround(Math.exp(-i / 1000) * (1 + random() / 10)),
  double: (i, random) => Math.exp(-i / 1000) * (1 + random() / 10),
  // A number too large to be scaled to the decimals of its neighbours.
  scales: (_, random) => [2 ** 49, 4e15, 0.5, 0.123456789, 12.25][Math.floor(random() * 5)] as number,
  dyadic: (_, random) => Math.floor(random() * 256) / 256,
  wild: (_, random) => (random() - 0.5) * 10 ** Math.floor(random() * 600 - 300),
};

/** Few different points, so that keys tie in part and in whole. */
const crowdedMakers = {
  steps: (_: number, r: Random) => Math.floor(r() * 3),
  values: (_: number, r: Random) => (r() < 0.5 ? 0 : 1),
};

interface Shape {
  readonly seed: number;
  readonly count: number;
  readonly steps: string;
  readonly times: string;
  readonly values: string;
  readonly special: number;
  readonly batches: number;
  readonly crowded: boolean;
}

function shapeOf(count: fc.Arbitrary<number>): fc.Arbitrary<Shape> {
  return fc.record({
    seed: fc.nat(),
    count,
    steps: fc.constantFrom(...Object.keys(stepMakers)),
    times: fc.constantFrom(...Object.keys(timeMakers)),
    values: fc.constantFrom(...Object.keys(valueMakers)),
    special: fc.constantFrom(0, 0, 0.01, 0.5, 1),
    batches: fc.constantFrom(-1, -1, 0, 0.5, 1),
    crowded: fc.boolean(),
  });
}

/** Points in no order; `count` says how many. */
export function pointsOf(count: fc.Arbitrary<number>): fc.Arbitrary<Points> {
  return shapeOf(count).map(buildPoints);
}

/** Points in the one order. */
export function sortedPointsOf(count: fc.Arbitrary<number>): fc.Arbitrary<Points> {
  return pointsOf(count).map(sortPoints);
}

/** `batches` is the share of points that have one; below 0 there is no column. */
function buildPoints(shape: Shape): Points {
  const random = createRandom(shape.seed);
  const column = (make: Maker) => Float64Array.from({ length: shape.count }, (_, i) => make(i, random));
  const { steps, values } = shape.crowded ? crowdedMakers : { steps: undefined, values: undefined };
  const value = values ?? (valueMakers[shape.values] as Maker);
  return {
    steps: column(steps ?? (stepMakers[shape.steps] as Maker)),
    times: column(steps ?? (timeMakers[shape.times] as Maker)),
    values: column((i) =>
      random() < shape.special ? (specials[Math.floor(random() * specials.length)] as number) : value(i, random),
    ),
    batches:
      shape.batches < 0 ? null : column(() => (random() < shape.batches ? Math.floor(random() * 4) : Number.NaN)),
  };
}

/** The generator "mulberry32": small, and the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Parts laid end to end. */
export function flatten(parts: readonly Points[], series: readonly number[], attempts: readonly number[]): FlatPoints {
  const join = (pick: (p: Points) => Float64Array) => Float64Array.from(parts.flatMap((p) => [...pick(p)]));
  const withBatches = parts.some((p) => p.batches !== null);
  return {
    series: Uint32Array.from(series),
    attempts: Uint32Array.from(attempts),
    counts: Uint32Array.from(parts, pointCount),
    steps: join((p) => p.steps),
    times: join((p) => p.times),
    values: join((p) => p.values),
    batches: withBatches ? join((p) => p.batches ?? new Float64Array(pointCount(p)).fill(Number.NaN)) : null,
  };
}

/** Fails unless `actual` is `expected` bit for bit, once -0 is 0, NaN the one NaN and a batch column without batches none. */
export function assertSamePoints(actual: Points, expected: Points): void {
  assert.deepEqual(canonicalBitsOf(actual.steps), canonicalBitsOf(expected.steps), "steps");
  assert.deepEqual(canonicalBitsOf(actual.times), canonicalBitsOf(expected.times), "times");
  assert.deepEqual(canonicalBitsOf(actual.values), canonicalBitsOf(expected.values), "values");
  const none = new Float64Array(pointCount(expected)).fill(Number.NaN);
  assert.deepEqual(canonicalBitsOf(actual.batches ?? none), canonicalBitsOf(expected.batches ?? none), "batches");
}

/** As `assertSamePoints` for what a decoder gave: its columns must be canonical themselves. */
export function assertDecoded(actual: Points, expected: Points): void {
  assertSamePoints(actual, expected);
  assert.deepEqual(bitsOf(actual.steps), canonicalBitsOf(actual.steps), "steps are canonical");
  assert.deepEqual(bitsOf(actual.times), canonicalBitsOf(actual.times), "times are canonical");
  assert.deepEqual(bitsOf(actual.values), canonicalBitsOf(actual.values), "values are canonical");
  const without = expected.batches === null || expected.batches.every(Number.isNaN);
  assert.equal(actual.batches === null, without, "batches are null if there are none");
}

export function bitsOf(column: Float64Array): BigUint64Array {
  return new BigUint64Array(Float64Array.from(column).buffer);
}

export function canonicalBitsOf(column: Float64Array): BigUint64Array {
  return BigUint64Array.from(column, (x) =>
    Number.isNaN(x) ? 0x7ff8000000000000n : (new BigUint64Array(Float64Array.of(x + 0).buffer)[0] as bigint),
  );
}

/** The same bytes with a checksum that fits them: what a hostile hand would make. */
export function resign(bytes: Uint8Array): Uint8Array {
  const out = Uint8Array.from(bytes);
  if (out.length >= 4) new DataView(out.buffer).setUint32(out.length - 4, crc32(out, 0, out.length - 4), true);
  return out;
}
