import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sortNumbers } from "./sort-slots.ts";

test("numbers are sorted by their bits as comparison sorts them, equal ones as they came", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }).map((value) => value + 0),
    fc.constantFrom(0, 1, -1, 2 ** 16, -(2 ** 32), Infinity, -Infinity, 5e-324, -5e-324),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 60 }), (numbers) => {
      const compare = (a: number, b: number) => {
        const [x, y] = [numbers[a] as number, numbers[b] as number];
        return x < y ? -1 : x > y ? 1 : a - b;
      };
      const expected = numbers.map((_, index) => index).sort(compare);
      assert.deepEqual([...sortNumbers(Float64Array.from(numbers))], expected);
    }),
  );
});
