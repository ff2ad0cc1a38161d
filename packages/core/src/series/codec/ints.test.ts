import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import { createReader, createWriter, expectEnd, readSigned, readVarint, writeSigned, writeVarint } from "./bytes.ts";
import { decodeInts, encodeInts, encodeRepeatingInts } from "./ints.ts";
import { bitsOf, createRandom } from "./testing.ts";

const MAX = Number.MAX_SAFE_INTEGER;

const anyInt = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.integer({ min: -200, max: 200 }),
  fc.constantFrom(0, -0, MAX, -MAX, 2 ** 51, -(2 ** 51), 2 ** 52, 2 ** 31, -(2 ** 31), 2 ** 30, 63, 64, 127, 128),
);

/** Encodes a column between other numbers and reads it back from between others, through both homes of planes. */
function roundTrip(column: Float64Array, base = 0, shaped = true, period = 0) {
  const w = createWriter(8);
  const tail = createWriter(8);
  const padded = Float64Array.of(7.5, ...column, 7.5);
  if (period > 0) encodeRepeatingInts(w, padded, 1, column.length, period);
  else encodeInts(w, padded, 1, column.length, base, shaped ? tail : null);
  const r = createReader(w.bytes.slice(0, w.at), "journal", createReader(tail.bytes.slice(0, tail.at), "journal"));
  const out = new Float64Array(column.length + 2).fill(9.5);
  decodeInts(r, out, 1, column.length, base);
  expectEnd(r);
  assert.equal(out[0], 9.5);
  assert.equal(out[column.length + 1], 9.5);
  assert.deepEqual(bitsOf(out.subarray(1, -1)), bitsOf(column.map((x) => x + 0)));
  return w.at + tail.at;
}

describe("varints", () => {
  it("are exact up to 2^53-1 and -(2^53-1), where doubling a number would lose its last bit", () => {
    fc.assert(
      fc.property(anyInt, (x) => {
        const w = createWriter(1);
        writeSigned(w, x);
        writeVarint(w, Math.abs(x));
        const r = createReader(w.bytes.slice(0, w.at), "journal");
        assert.equal(readSigned(r), x + 0);
        assert.equal(readVarint(r), Math.abs(x));
        expectEnd(r);
      }),
    );
  });
});

describe("columns of whole numbers", () => {
  it("come back whatever they are", () => {
    fc.assert(
      fc.property(fc.array(anyInt, { maxLength: 300 }), fc.boolean(), (list, shaped) => {
        roundTrip(Float64Array.from(list), 0, shaped);
      }),
    );
  });

  it("come back relative to a base, even one that no difference to is exact", () => {
    fc.assert(
      fc.property(fc.array(anyInt, { maxLength: 9 }), anyInt, (list, base) => {
        roundTrip(Float64Array.from(list), base);
      }),
    );
  });

  it("come back when they repeat", () => {
    fc.assert(
      fc.property(fc.array(anyInt, { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 9 }), (list, times) => {
        const column = Float64Array.from({ length: list.length * times }, (_, i) => list[i % list.length] as number);
        roundTrip(column, 0, false, list.length);
      }),
    );
  });

  it("come back from every mode", () => {
    const random = createRandom(1);
    const makers: Record<string, (i: number) => number> = {
      constant: () => 5,
      regular: (i) => 10 * i,
      runs: (i) => i % 100,
      jitter: (i) => 240 * i + Math.floor(random() * 20),
      "wide jitter": (i) => 240_000 * i + Math.floor(random() * 20_000),
      "word jitter": (i) => 2 ** 33 * i + Math.floor(random() * 2 ** 31),
      noise: () => Math.floor(random() * 1000) - 500,
      "large noise": () => Math.floor((random() - 0.5) * 2 ** 40),
      bend: (i) => i * i * i,
      falling: (i) => -i * i - Math.floor(random() * 2),
      "one jump": (i) => (i === 1000 ? -MAX : Math.floor(random() * 3)),
    };
    for (const make of Object.values(makers)) {
      for (const n of [1, 2, 3, 63, 64, 65, 4095, 4096]) {
        const column = Float64Array.from({ length: n }, (_, i) => make(i));
        for (const shaped of [true, false]) roundTrip(column, 0, shaped);
      }
    }
  });

  // What the bench promises rests on these: a column that a regular job logs must cost nothing.
  it("cost a few bytes if they are regular, about a byte each if they jitter", () => {
    const regular = Float64Array.from({ length: 4096 }, (_, i) => 1_000_000 + 10 * i);
    assert.ok(roundTrip(regular) < 10);
    const same = Float64Array.from({ length: 10_000 }, (_, i) => 1_700_000_000_000 + (i % 10) ** 2);
    assert.ok(roundTrip(same, 0, false, 10) < 30);
    const random = createRandom(2);
    const jitter = Float64Array.from({ length: 4096 }, (_, i) => 240 * i + Math.floor(random() * 20));
    assert.ok(roundTrip(jitter) < 4200);
  });

  it("are refused if a number is not whole or beyond 2^53-1, wherever it stands", () => {
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53), 1e-9]) {
      for (const column of [[bad], [0, bad], [2 ** 51, bad, -(2 ** 51)], [bad, bad, bad], [1, 2, 3, bad, 9]]) {
        assert.throws(
          () => roundTrip(Float64Array.from(column)),
          (error) => isTrackerError(error) && error.code === "invalid" && error.message.includes(String(bad)),
        );
      }
    }
  });
});
