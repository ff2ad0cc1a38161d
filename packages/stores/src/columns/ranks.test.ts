import assert from "node:assert/strict";
import { test } from "node:test";
import { compareKeys, type SortKey } from "@cairn/core";
import fc from "fast-check";
import { createRanks } from "./ranks.ts";

const key = fc.constantFrom<(string | number)[]>(
  -1,
  0,
  2,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "a",
  "b",
  "～",
  "😀",
  "",
);

// Keys added later must find their place among the old ones, and a cursor's key need not be in the dictionary any more.
test("places order keys as the judge does, in both directions, however they were added", () => {
  fc.assert(
    fc.property(fc.array(fc.array(key, { maxLength: 6 }), { maxLength: 4 }), fc.option(key), (batches, other) => {
      const keys: SortKey[] = [];
      const ranks = createRanks(keys);
      for (const batch of batches) {
        keys.push(...batch);
        ranks.update();
        for (const descending of [false, true]) {
          const places = ranks.places(descending);
          const all = [null, ...keys].map((value, i) => ({ value, place: places[i] as number }));
          const asked = { value: other, place: ranks.placeOf(other, descending) };
          for (const a of [...all, asked]) {
            for (const b of all) {
              const place = a.place < b.place ? -1 : a.place > b.place ? 1 : 0;
              assert.equal(place, Math.sign(compareKeys(a.value, b.value, descending)));
            }
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});
