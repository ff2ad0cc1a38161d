import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeCursor, encodeCursor } from "./cursor.ts";

const whole = fc.maxSafeInteger();

test("a cursor gives its key back, bit for bit, and is safe in a URL", () => {
  fc.assert(
    fc.property(whole, whole, fc.double(), fc.option(whole), (time, step, value, batch) => {
      const text = encodeCursor({ time, step, value, batch });
      assert.match(text, /^[A-Za-z0-9_-]{43}$/);
      assert.deepEqual(decodeCursor(text), { time, step, value, batch });
    }),
  );
});
