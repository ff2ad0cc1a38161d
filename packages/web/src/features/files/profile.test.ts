import assert from "node:assert/strict";
import { it } from "node:test";
import { maskedKey, profileTags, visibilityOf } from "./profile.ts";

it("a new profile has a key of its own, a UUID, and says who may read it", () => {
  const tags = profileTags("public");
  assert.match(tags["centre.key"] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(tags["centre.key"], profileTags("public")["centre.key"]);
  assert.equal(visibilityOf({ tags }), "public");
});

it("what says nothing is private, and a key is never shown whole", () => {
  assert.equal(visibilityOf({ tags: {} }), "private");
  assert.equal(visibilityOf({ tags: { "centre.visibility": "nonsense" } }), "private");
  assert.equal(maskedKey({ tags: { "centre.key": "12345678-abcd" } }), "1234…");
  assert.equal(maskedKey({ tags: {} }), "");
});
