import assert from "node:assert/strict";
import { it } from "node:test";
import { firstLine } from "./first-line.ts";

it("is the first line below the title, without Markdown's signs", () => {
  assert.equal(
    firstLine("# digits\n\nReads **digits** by `cnn`, see [paper](https://example.org).\n"),
    "Reads digits by cnn, see paper.",
  );
});

it("is the title where there is nothing else", () => {
  assert.equal(firstLine("## Only a title\n\n---\n"), "Only a title");
});

it("passes over front matter, as cards from elsewhere have it", () => {
  assert.equal(firstLine("---\nlicense: mit\n---\n\n> Short.\n"), "Short.");
});

it("of nothing is nothing", () => {
  assert.equal(firstLine(""), "");
  assert.equal(firstLine("\n \n"), "");
});
