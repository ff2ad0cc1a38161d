import assert from "node:assert/strict";
import { test } from "node:test";
import { findQueryProblem } from "./query-problem.ts";

test("a wrong query is marked where it is wrong, in the server's words", () => {
  const text = "metrics.loss < 1 AND nmae = 'x'";
  const problem = findQueryProblem(text);
  assert.equal(text.slice(problem?.from, problem?.to), "nmae");
  assert.match(problem?.message ?? "", /Did you mean name\?/);
});

test("a query that stops too soon is marked at its end", () => {
  assert.equal(findQueryProblem("metrics.loss <")?.from, "metrics.loss <".length);
  assert.equal(findQueryProblem("name = 'open")?.from, "name = ".length);
});

test("a right query, and none, have no problem", () => {
  assert.equal(findQueryProblem("metrics.loss < 1"), undefined);
  assert.equal(findQueryProblem("  "), undefined);
});
