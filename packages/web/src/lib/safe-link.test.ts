// A link that a user wrote must never run as ours: whatever the parser of addresses does with odd spellings, only http(s) passes.
import assert from "node:assert/strict";
import { it } from "node:test";
import { safeLink } from "./safe-link.ts";

it("whole web addresses are links", () => {
  assert.equal(safeLink("https://example.org/a?b#c"), "https://example.org/a?b#c");
  assert.equal(safeLink("http://127.0.0.1:8080"), "http://127.0.0.1:8080/");
  assert.equal(safeLink("  HTTPS://example.org"), "https://example.org/");
});

it("nothing else is", () => {
  const refused = [
    undefined,
    null,
    "",
    "notes.md",
    "//example.org",
    "/api/v1",
    "javascript:alert(1)",
    " java\nscript:alert(1)",
    "JaVaScRiPt://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://example.org/1",
    "file:///etc/passwd",
    "vbscript:x",
    "https://",
  ];
  for (const text of refused) assert.equal(safeLink(text), undefined, String(text));
});
