import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { it } from "node:test";
import fc from "fast-check";
import { sha256 } from "./sha256.ts";

it("agrees with the runtime's own SHA-256, at every length around a block too", () => {
  const same = (text: string) => assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"));
  for (let length = 0; length < 200; length++) same("x".repeat(length));
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), same));
});
