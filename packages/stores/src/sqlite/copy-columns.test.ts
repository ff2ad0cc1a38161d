import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { copyColumns } from "./copy-columns.ts";

describe("copyColumns", () => {
  it("gives an equal answer, and moving its columns leaves the reader's own as they were", () => {
    const cached = Float64Array.from({ length: 5000 }, (_, at) => at);
    const answer = [{ values: cached.subarray(10, 1000), counts: new Uint32Array([1, 2]), next: null, key: "é" }];
    const { copy, moved } = copyColumns(answer);
    assert.deepEqual(copy, answer);
    assert.deepEqual(
      moved.map((buffer) => buffer.byteLength),
      [990 * 8],
    );
    structuredClone(copy, { transfer: moved });
    assert.equal(cached.length, 5000);
    assert.equal(answer[0]?.values.length, 990);
  });
});
