// A model's name stands in commands that people paste into a shell: it must never become a command of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import fc from "fast-check";
import { shellText } from "./shell-text.ts";

it("a shell reads every text back as one word", () => {
  const samples = ["plain:1.0", "it's", "$(touch gone)", "`x`", "a b; rm -rf c", '"', "", "中文", "!x", "*"];
  const generated = fc.sample(
    fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
    40,
  );
  for (const text of [...samples, ...generated.filter((each) => each.isWellFormed())]) {
    assert.equal(execFileSync("sh", ["-c", `printf %s ${shellText(text)}`], { encoding: "utf8" }), text);
  }
});
