import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createEffort } from "./effort.ts";
import { compileLike } from "./like.ts";

/** LIKE by its definition: every way to cut the text, over code points. */
function isLike(pattern: readonly string[], text: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text.length === 0;
  if (head === "%") return isLike(rest, text) || (text.length > 0 && isLike(pattern, text.slice(1)));
  return text.length > 0 && (head === "_" || head === text[0]) && isLike(rest, text.slice(1));
}

test("a pattern accepts exactly what its definition accepts", () => {
  const part = fc.constantFrom("a", "b", "😀", "%", "_");
  const letter = fc.constantFrom("a", "b", "😀");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.array(letter, { maxLength: 8 }), (pattern, text) => {
      assert.equal(compileLike(pattern.join(""), false)(text.join("")), isLike(pattern, text));
    }),
    { numRuns: 2000 },
  );
});

test("a backslash makes %, _ and itself literal, and is itself before anything else", () => {
  assert.equal(compileLike("100\\%", false)("100%"), true);
  assert.equal(compileLike("100\\%", false)("1000"), false);
  assert.equal(compileLike("a\\_b", false)("axb"), false);
  assert.equal(compileLike("C:\\data\\\\%", false)("C:\\data\\x"), true);
  assert.equal(compileLike("end\\", false)("end\\"), true);
});

test("case is kept by LIKE; ILIKE ignores it for A to Z alone", () => {
  assert.equal(compileLike("Res%", false)("resnet"), false);
  assert.equal(compileLike("RES%", true)("resNet"), true);
  assert.equal(compileLike("É%", true)("éa"), false);
});

test("a pattern of many % against a long text that fails at its end does not explode", () => {
  assert.equal(compileLike(`${"%a".repeat(2000)}%b`, false)("a".repeat(20_000)), false);
});

// Text × pattern is a bound that a pattern of 10 KB and a text of 10 KB make minutes of, over a few hundred runs.
test("a pattern that would cost too much is given up, and so is the next one of the same search", () => {
  const effort = createEffort(10_000);
  const isLike = compileLike(`%${"a_".repeat(50)}c%`, false, effort);
  assert.throws(() => isLike("a".repeat(5000)), /cost too much/);
  assert.throws(() => compileLike("%a%", false, effort)("a"), /cost too much/);
  assert.equal(compileLike("%a_c", false, createEffort(10_000))("xxabc"), true);
});
