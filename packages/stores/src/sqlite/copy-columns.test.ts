import assert from "node:assert/strict";
import { it } from "node:test";
import { copyColumns } from "./copy-columns.ts";

// Moving a view moves the whole buffer behind it: the cache that lent it would be empty afterwards.
it("gives columns of its own, so that moving them leaves the lender whole", () => {
  const lender = Float64Array.from([1, 2, Number.NaN, 4]);
  const answer = [
    { name: "a", values: lender.subarray(1, 3), flags: Uint8Array.from([7]), counts: Uint32Array.from([5, 6]) },
    { name: "b", values: new Float64Array(0), flags: new Uint8Array(3), counts: null },
  ];
  const { copy, moved } = copyColumns(answer);
  const received = structuredClone(copy, { transfer: moved });
  assert.deepEqual(received, answer);
  assert.equal(moved.length, 1);
  assert.equal(lender.length, 4);
});

it("leaves an answer without columns as it is", () => {
  const { copy, moved } = copyColumns({ items: [{ id: "x", at: 1, none: null }], next: null });
  assert.deepEqual([copy, moved], [{ items: [{ id: "x", at: 1, none: null }], next: null }, []]);
});
