import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { crc32 } from "./crc32.ts";

describe("crc32", () => {
  it("gives the check value of the standard", () => {
    assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  });

  it("agrees with zlib for every length and alignment", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(16), fc.nat(16), (bytes, skip, drop) => {
        const from = Math.min(skip, bytes.length);
        const to = Math.max(from, bytes.length - drop);
        assert.equal(crc32(bytes, from, to), zlibCrc32(bytes.subarray(from, to)));
        assert.equal(crc32(bytes.subarray(from, to)), zlibCrc32(bytes.subarray(from, to)));
      }),
    );
  });
});
