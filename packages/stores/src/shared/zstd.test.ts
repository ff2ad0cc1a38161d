import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { zstd } from "./zstd.ts";

describe("zstd", () => {
  it("gives back what it was given, nothing too", () => {
    for (const size of [0, 1, 100, 100_000]) {
      const bytes = Uint8Array.from({ length: size }, (_, at) => at % 7);
      assert.deepEqual(new Uint8Array(zstd.decompress(zstd.compress(bytes), size)), bytes);
    }
  });

  // Bytes that were damaged may promise gigabytes: they must not be made before somebody looks.
  it("refuses damaged bytes and any other size than the one promised", () => {
    const packed = zstd.compress(new Uint8Array(10_000_000));
    for (const size of [0, 9_999_999, 10_000_001]) {
      assert.throws(() => zstd.decompress(packed, size), { code: "internal" }, `${size}`);
    }
    assert.throws(() => zstd.decompress(packed.subarray(0, packed.length - 3), 10_000_000), { code: "internal" });
    assert.throws(() => zstd.decompress(new Uint8Array([1, 2, 3]), 3), { code: "internal" });
  });
});
