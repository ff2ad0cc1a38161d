import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeGroups } from "./group-rows.ts";

test("each row is a head or a run of an opened group, as if all were written out one below the other", () => {
  const group = fc.record({ count: fc.integer({ min: 0, max: 6 }), isOpen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(group, { maxLength: 12 }), (groups) => {
      const written = groups.flatMap(({ count, isOpen }, index) => [
        { group: index, row: -1 },
        ...Array.from({ length: isOpen ? count : 0 }, (_, row) => ({ group: index, row })),
      ]);
      const places = placeGroups(groups);
      assert.equal(places.count, written.length);
      assert.deepEqual(
        written.map((_, index) => places.locate(index)),
        written,
      );
      assert.equal(places.locate(written.length), undefined);
      assert.equal(places.locate(-1), undefined);
      for (const [index] of groups.entries()) {
        assert.equal(
          places.headOf(index),
          written.findIndex((one) => one.group === index),
        );
      }
    }),
  );
});
