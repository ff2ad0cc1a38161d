// Columns that end up at another change's place would store points under the wrong run without any error.
import assert from "node:assert/strict";
import { it } from "node:test";
import { packPoints } from "@cairn/core";
import fc from "fast-check";
import type { Change } from "../shared/committer.ts";
import { packChanges, unpackChanges } from "./pack-changes.ts";

const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0));
const row = fc.record({
  key: fc.constantFrom("loss", "val/loss", "größe", "x"),
  step: fc.integer(),
  time: fc.nat(),
  value: number,
  batch: fc.option(fc.nat(), { nil: undefined }),
});
const logged = fc.record({
  id: fc.string(),
  points: fc.option(
    fc.array(row, { minLength: 1, maxLength: 20 }).map((rows) => packPoints(rows)),
    { nil: undefined },
  ),
  tags: fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined }),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant("runs.log"), input: logged, at: fc.nat(), author: fc.string() }),
  // Another change may well have a field of the same name.
  fc.record({
    kind: fc.constant("runs.update"),
    input: fc.record({ points: fc.string() }),
    at: fc.nat(),
    author: fc.string(),
  }),
) as unknown as fc.Arbitrary<Change>;

it("brings every change through a thread's door as it was, and leaves the sender's as they are", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const before = structuredClone(changes);
      const packed = packChanges(changes);
      const arrived = structuredClone(packed, { transfer: [packed.columns] });
      assert.deepEqual(unpackChanges(arrived), before);
      assert.deepEqual(structuredClone(changes), before);
    }),
  );
});
