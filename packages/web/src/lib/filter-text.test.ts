// A search for "50%" or "it's" must find exactly that, and never become another query.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { containsText, literalText } from "./filter-text.ts";

it("a quote inside is doubled", () => {
  assert.equal(literalText("it's"), "'it''s'");
});

it("what LIKE reads as a pattern is taken as it is", () => {
  assert.equal(containsText("50%_a\\"), "'%50\\%\\_a\\\\%'");
});

it("any text is one literal that gives the text back", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const literal = literalText(text);
      assert.match(literal, /^'(?:[^']|'')*'$/s);
      assert.equal(literal.slice(1, -1).replaceAll("''", "'"), text);
    }),
  );
});
