import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import { type Column, decodeColumns, encodeColumns } from "./pack.ts";

const data = fc.oneof(
  fc.float64Array({ maxLength: 20 }),
  fc.uint32Array({ maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
);
const columns = fc.uniqueArray(fc.record({ name: fc.string({ unit: "grapheme" }), data }), { selector: (c) => c.name });
const isInvalid = (error: unknown) => isTrackerError(error) && error.code === "invalid";

describe("packed columns", () => {
  it("come back by name with type and bits", () => {
    fc.assert(
      fc.property(columns, (list) => {
        const back = decodeColumns(encodeColumns(list as Column[]));
        assert.deepEqual(
          [...back],
          list.map((c) => [c.name, c.data]),
        );
      }),
    );
  });

  it("are looked at without a copy, and copied if they lie askew in a larger buffer", () => {
    const body = encodeColumns([{ name: "values", data: Float64Array.of(1, 2, Number.NaN) }]);
    assert.equal(decodeColumns(body).get("values")?.buffer, body.buffer);
    for (let shift = 1; shift < 9; shift++) {
      const buffer = new Uint8Array(body.length + shift);
      buffer.set(body, shift);
      assert.deepEqual(decodeColumns(buffer.subarray(shift)).get("values"), Float64Array.of(1, 2, Number.NaN));
    }
  });

  it("may have any name, that of an object's parts included", () => {
    const back = decodeColumns(encodeColumns([{ name: "__proto__", data: Uint32Array.of(7) }]));
    assert.deepEqual(back.get("__proto__"), Uint32Array.of(7));
    assert.equal(back.get("toString"), undefined);
  });

  it("of any other bytes are refused in words", () => {
    const body = encodeColumns([
      { name: "steps", data: Uint32Array.of(1, 2, 3) },
      { name: "values", data: Float64Array.of(1, 2, 3) },
    ]);
    const withHeader = (header: string) => {
      const text = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 8) * 8));
      const out = new Uint8Array(8 + text.length + 16);
      out.set(body.subarray(0, 8));
      new DataView(out.buffer).setUint32(4, text.length, true);
      out.set(text, 8);
      return out;
    };
    const column = (name: string, type: string, length: number) => JSON.stringify([{ name, type, length }]);
    assert.equal(decodeColumns(withHeader(column("a", "f64", 2))).get("a")?.length, 2);
    const wrong = [
      new Uint8Array(0),
      new TextEncoder().encode("{}"),
      body.subarray(0, -8),
      new Uint8Array([...body, 0, 0, 0, 0, 0, 0, 0, 0]),
      withHeader("[{"),
      withHeader("{}"),
      withHeader("[1]"),
      withHeader(column("a", "f32", 2)),
      withHeader(column("a", "toString", 2)),
      withHeader(column("a", "f64", -1)),
      withHeader(column("a", "f64", 1.5)),
      withHeader(column("a", "f64", 2 ** 50)),
      withHeader('[{"name":"a","type":"f64","length":1},{"name":"a","type":"f64","length":1}]'),
      withHeader('[{"name":1,"type":"f64","length":2}]'),
    ];
    for (const [i, bytes] of wrong.entries()) assert.throws(() => decodeColumns(bytes), isInvalid, `case ${i}`);
  });

  it("never fail otherwise, whatever byte is changed", () => {
    fc.assert(
      fc.property(
        columns,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (list, changes) => {
          const body = encodeColumns(list as Column[]);
          for (const [at, byte] of changes) body[at % body.length] = byte;
          try {
            decodeColumns(body);
          } catch (error) {
            assert.ok(isInvalid(error), String(error));
          }
        },
      ),
    );
  });
});
