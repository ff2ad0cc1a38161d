import assert from "node:assert/strict";
import { test } from "node:test";
import { isTrackerError, type SeriesBuckets } from "@cairn/core";
import fc from "fast-check";
import {
  decodeBucketsColumns,
  decodeHistoryColumns,
  encodeBucketsColumns,
  encodeHistoryColumns,
} from "./chart-columns.ts";
import { decodeBuckets, decodeHistory, encodeBuckets, encodeHistory, historyCsv } from "./chart-json.ts";
import { type Column, decodeColumns, encodeColumns } from "./columns.ts";

const EDGES = [
  -0,
  0,
  0.5,
  1e300,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
const column: fc.Arbitrary<Column> = fc.oneof(
  fc.float64Array({ maxLength: 20 }),
  fc.uint32Array({ maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
  fc.tuple(fc.double(), fc.nat(20)).map(([value, n]) => new Float64Array(n).fill(value)),
  fc.float32Array({ maxLength: 20 }).map((values) => Float64Array.from(values)),
  wholes(fc.integer({ min: -300, max: 300 })),
  wholes(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: 0, max: 70_000 }), fc.constantFrom(...EDGES))),
);

/** Whole numbers, by themselves and as the sums of small gaps. */
function wholes(number: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> {
  const list = fc.array(number, { maxLength: 20 });
  const summed = list.map((gaps) => {
    let sum = 0;
    return gaps.map((gap) => {
      sum += gap;
      return sum;
    });
  });
  return fc.oneof(list, summed).map((values) => Float64Array.from(values));
}

/** Repeats are what the format is made for. */
const table = fc.array(column, { maxLength: 8 }).chain((list) =>
  fc.constantFrom(
    list,
    list.flatMap((c) => [c, c.slice()]),
  ),
);

test("columns survive, wherever the bytes lie in their buffer", () => {
  fc.assert(
    fc.property(table, fc.nat(9), fc.boolean(), (columns, offset, narrow) => {
      const bytes = encodeColumns({ header: { a: "ü" }, columns }, narrow);
      const moved = new Uint8Array(bytes.length + offset);
      moved.set(bytes, offset);
      const decoded = decodeColumns(moved.subarray(offset), 20);
      assert.deepEqual(decoded, { header: { a: "ü" }, columns });
    }),
    { numRuns: 2000 },
  );
});

// Columns are handed to another thread one by one, which takes their buffers along.
test("every decoded column has a buffer of its own", () => {
  const same = Float64Array.of(1, 2);
  const { columns } = decodeColumns(encodeColumns({ header: {}, columns: [same, same, Float64Array.of(3, 3)] }), 10);
  assert.equal(new Set(columns.map(({ buffer }) => buffer)).size, 3);
  assert.ok(columns.every(({ buffer, byteLength }) => buffer.byteLength === byteLength));
});

test("a column of one value, or equal to the one before, costs at most 16 bytes", () => {
  const varied = Float64Array.from({ length: 1000 }, (_, i) => i);
  const one = encodeColumns({ header: {}, columns: [varied] }).length;
  assert.equal(encodeColumns({ header: {}, columns: [varied, varied.slice()] }).length - one, 8);
  assert.equal(
    encodeColumns({ header: {}, columns: [varied, new Float64Array(1000).fill(Number.NaN)] }).length - one,
    16,
  );
});

test("narrow columns of whole numbers cost as little as their gaps vary, floats that are singles half, all else what it is", () => {
  const whole = (at: (i: number) => number) => Float64Array.from({ length: 1001 }, (_, i) => at(i));
  const cost = (column: Column) =>
    encodeColumns({ header: {}, columns: [column] }, true).length -
    encodeColumns({ header: {}, columns: [] }).length -
    8;
  assert.equal(cost(whole((i) => 1e12 + 1024 * i)), 16);
  assert.equal(cost(whole((i) => 1e12 - 1024 * i + (i % 2))), 16 + 1000);
  assert.equal(cost(whole((i) => 2 ** 52 + 1000 * i + (i % 7) * 999)), 16 + 2000);
  assert.equal(cost(whole((i) => (i % 2) * (2 ** 31 - 1))), 16 + 4000);
  assert.equal(cost(whole((i) => (i % 2) * (2 ** 31 + 1))), 8008);
  assert.equal(cost(whole((i) => Math.fround(0.1 * i))), 4008);
  assert.equal(cost(whole((i) => (i === 7 ? Number.NaN : 0.5 * i))), 4008);
  assert.equal(cost(whole((i) => 0.1 * i)), 8008);
  assert.equal(cost(whole((i) => (i === 7 ? -0 : i))), 4008);
  assert.equal(cost(whole((i) => (i === 7 ? 2 ** 53 : i))), 4008);
});

test("the bytes of narrow columns are as docs/design/columns.md has them", () => {
  const encode = (column: Column) => [...encodeColumns({ header: {}, columns: [column] }, true).subarray(24)];
  const double = (value: number) => [...new Uint8Array(Float64Array.of(value).buffer)];
  assert.deepEqual(encode(Float64Array.of(5, 6, 9, 5)), [
    4,
    0,
    1,
    0,
    4,
    0,
    0,
    0,
    ...double(5),
    ...double(-4),
    5,
    7,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  assert.deepEqual(
    encode(Float64Array.of(0.5, -2, 0.5)),
    [3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 63, 0, 0, 0, 192, 0, 0, 0, 63, 0, 0, 0, 0],
  );
});

test("damaged bytes are refused, never taken for something else or for endless memory", () => {
  const columns = [Float64Array.of(1, 2, 3, 7), Float64Array.of(5, 5, 5), Float64Array.of(0.5, -2, 9)];
  const good = encodeColumns({ header: { kind: "points" }, columns }, true);
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
      const bad = good.slice();
      bad[at] = byte;
      for (const bytes of [bad, good.subarray(0, end), new Uint8Array([...good, 0])]) {
        try {
          const { columns } = decodeColumns(bytes, 1000);
          assert.ok(columns.every(({ length }) => length <= 1000));
        } catch (error) {
          assert.ok(isTrackerError(error) && ["invalid", "too_large"].includes(error.code), String(error));
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test("a page of history survives JSON and binary columns", () => {
  const history = {
    steps: Float64Array.of(0, 1, 1),
    times: Float64Array.of(10, 11, 12),
    values: Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 0.1),
    batches: Float64Array.of(Number.NaN, 3, Number.NaN),
    attempts: Uint32Array.of(1, 1, 2),
    superseded: Uint8Array.of(0, 1, 0),
    next: "cursor",
  };
  for (const page of [history, { ...history, batches: null, next: null }]) {
    assert.deepEqual(decodeHistory(JSON.parse(JSON.stringify(encodeHistory(page)))), page);
    assert.deepEqual(decodeHistoryColumns(encodeHistoryColumns(page)), page);
  }
  const csv = "step,time,value,batch,attempt,superseded\r\n0,10,NaN,,1,0\r\n1,11,-Infinity,3,1,1\r\n1,12,0.1,,2,0\r\n";
  assert.equal(historyCsv(history), csv);
});

test("charts survive JSON and binary columns", () => {
  const chart: SeriesBuckets = {
    raw: false,
    points: 3,
    minSteps: Float64Array.of(0, 2),
    maxSteps: Float64Array.of(1, 2),
    minTimes: Float64Array.of(5, 7),
    maxTimes: Float64Array.of(6, 7),
    mins: Float64Array.of(Number.NaN, 1),
    maxs: Float64Array.of(Number.NaN, 1),
    sums: Float64Array.of(0, Number.POSITIVE_INFINITY),
    counts: Uint32Array.of(2, 1),
    nans: Uint32Array.of(2, 0),
    positiveInfinities: Uint32Array.of(0, 0),
    negativeInfinities: Uint32Array.of(0, 0),
    attempts: Uint32Array.of(1, 1),
    superseded: Uint8Array.of(0, 0),
  };
  assert.deepEqual(decodeBuckets(JSON.parse(JSON.stringify(encodeBuckets(chart)))), chart);
  assert.deepEqual(decodeBucketsColumns(encodeBucketsColumns([chart, chart])), [chart, chart]);
});

// Whoever reads counts relies on their type: whole numbers from 0 to 2^32 - 1.
test("a column of counts cannot come in a form that only doubles have", () => {
  for (const column of [Float64Array.of(1, 2, 4), Float64Array.of(0.5, 1.5, 8)]) {
    const bytes = encodeColumns({ header: {}, columns: [column] }, true);
    const at = bytes.length - (column[0] === 0.5 ? 16 : 24) - 8;
    assert.ok((bytes[at] as number) >= 3, "the column is narrow, or this tests nothing");
    for (const type of [1, 2]) {
      bytes[at + 1] = type;
      assert.throws(() => decodeColumns(bytes, 1000), /unknown form, or one that it cannot have/);
    }
  }
});
