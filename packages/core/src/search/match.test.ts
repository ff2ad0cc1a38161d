import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matches } from "./match.ts";
import { parseQuery } from "./parse.ts";
import { parseOrder } from "./parse-order.ts";
import type { Expression } from "./query.ts";
import { buildRecord, type PlainRecord } from "./record.ts";
import { compareBy } from "./sort-key.ts";
import { anyExpression, anyRecord } from "./testing.ts";

function judge(query: string, plain: Omit<PlainRecord, "row">): boolean {
  return matches(parseQuery(query), buildRecord({ row: 1, ...plain }));
}

test("what is missing is neither so nor not so", () => {
  for (const query of ["params.lr = '1'", "params.lr != '1'", "params.lr IN ('1')", "params.lr NOT IN ('1')"]) {
    assert.equal(judge(query, {}), false, query);
    assert.equal(judge(`NOT ${query}`, {}), false, query);
  }
  assert.equal(judge("params.lr LIKE '%' OR params.lr NOT LIKE '%'", {}), false);
  assert.equal(judge("params.lr = '1' OR name = 'a'", { attributes: { name: "a" } }), true);
  assert.equal(judge("NOT (params.lr = '1' AND name = 'b')", { attributes: { name: "a" } }), true);
  assert.equal(judge("params.lr IS NULL AND params.x IS NOT NULL", { parameters: { x: null } }), true);
});

test("NOT turns true and false, and never the unknown", () => {
  fc.assert(
    fc.property(anyExpression, anyRecord, (expression, plain) => {
      const record = buildRecord({ row: 1, ...plain });
      const negation: Expression = { op: "not", term: expression };
      const sure = [expression, negation].filter((side) => matches(side, record)).length;
      assert.ok(sure <= 1);
      assert.equal(matches({ op: "not", term: negation }, record), matches(expression, record));
    }),
  );
});

test("De Morgan holds in three values", () => {
  fc.assert(
    fc.property(anyExpression, anyExpression, anyRecord, (a, b, plain) => {
      const record = buildRecord({ row: 1, ...plain });
      const not = (term: Expression): Expression => ({ op: "not", term });
      assert.equal(
        matches(not({ op: "and", terms: [a, b] }), record),
        matches({ op: "or", terms: [not(a), not(b)] }, record),
      );
    }),
  );
});

test("a number meets a parameter's number, or a text that plainly is one", () => {
  for (const lr of [0.1, "0.1", "1e-1", "+.1"])
    assert.equal(judge("params.lr = 0.1", { parameters: { lr } }), true, String(lr));
  for (const lr of ["0.1 ", "0.1x", "", true, null, [0.1]]) {
    assert.equal(judge("params.lr = 0.1", { parameters: { lr } }), false, JSON.stringify(lr));
    assert.equal(judge("params.lr != 0.1", { parameters: { lr } }), true, JSON.stringify(lr));
    assert.equal(judge("params.lr < 99 OR params.lr > -99", { parameters: { lr } }), false, JSON.stringify(lr));
  }
  assert.equal(judge("params.lr > 1000", { parameters: { lr: "inf" } }), true);
});

test("a text meets a parameter's JSON text", () => {
  assert.equal(judge("params.lr = '0.1'", { parameters: { lr: 0.1 } }), true);
  assert.equal(judge("params.lr = '0.10'", { parameters: { lr: 0.1 } }), false);
  assert.equal(judge("params.layers LIKE '[64,%'", { parameters: { layers: [64, 32] } }), true);
  assert.equal(judge("params.lr = 'NaN'", { parameters: { lr: Number.NaN } }), true);
});

test("true and false meet booleans, and their words as JSON and Python write them", () => {
  for (const bias of [true, "true", "True"]) assert.equal(judge("params.bias = true", { parameters: { bias } }), true);
  assert.equal(judge("params.bias != true", { parameters: { bias: "yes" } }), true);
  assert.equal(judge("starred = true", { attributes: { starred: true } }), true);
});

test("NaN equals NaN, is below and above nothing; -0 is 0", () => {
  const nan = { metrics: { loss: { latest: Number.NaN } } };
  assert.equal(judge("metrics.loss = NaN", nan), true);
  assert.equal(judge("metrics.loss IN (NaN)", nan), true);
  assert.equal(judge("metrics.loss > 0 OR metrics.loss <= NaN OR metrics.loss < Infinity", nan), false);
  assert.equal(judge("metrics.loss != 5 AND NOT metrics.loss > 5", nan), true);
  assert.equal(judge("metrics.loss = 0 AND metrics.loss IN (0)", { metrics: { loss: { latest: -0 } } }), true);
});

test("a run has many labels and datasets: one is enough, and a negation in text means none", () => {
  const run = {
    labels: ["good", "old"],
    datasets: [
      { name: "digits", context: null },
      { name: "mnist", context: "eval" },
    ],
  };
  assert.equal(judge("label = 'good' AND label LIKE 'o%' AND label IN ('x', 'old')", run), true);
  assert.equal(judge("label != 'good'", run), false);
  assert.equal(judge("ANY label != 'good'", run), true);
  assert.equal(judge("label != 'good' AND label IS NULL", {}), true);
  assert.equal(judge("dataset.name = 'digits' AND dataset.name NOT LIKE 'cifar%'", run), true);
  assert.equal(judge("dataset.context = 'eval' AND dataset.context IS NOT NULL", run), true);
  assert.equal(judge("dataset.digest IS NULL AND NOT dataset.digest = 'x'", run), true);
});

test("texts compare by code point and keep their case", () => {
  assert.equal(judge("name < '😀'", { attributes: { name: "～" } }), true);
  assert.equal(judge("name = 'Digits'", { attributes: { name: "digits" } }), false);
});

test("keys that every object inherits find nothing", () => {
  assert.equal(
    judge("params.constructor IS NULL AND tags.__proto__ IS NULL AND metrics.toString IS NULL", {
      tags: {},
      parameters: {},
      metrics: {},
    }),
    true,
  );
});

test("numbers come first, then NaN, then texts, then what is missing, in both directions", () => {
  const values = [undefined, "b", Number.NaN, 2, "nan", Number.POSITIVE_INFINITY, -1, "a", true, null];
  const records = values.map((x, row) => buildRecord({ row, parameters: x === undefined ? {} : { x } }));
  const sorted = (order: string) => records.toSorted(compareBy(parseOrder(order))).map(({ row }) => row);
  assert.deepEqual(sorted("params.x"), [6, 3, 5, 4, 2, 7, 1, 9, 8, 0]);
  assert.deepEqual(sorted("params.x DESC"), [5, 3, 6, 4, 2, 8, 9, 1, 7, 0]);
  assert.deepEqual(sorted("params.x AS TEXT"), [6, 3, 5, 2, 7, 1, 4, 9, 8, 0]);
});

test("equal keys leave the newest first, so that every order is total", () => {
  const records = [1, 2, 3].map((row) => buildRecord({ row, attributes: { name: "a", starred: row === 2 } }));
  const sorted = (order: string) => records.toSorted(compareBy(parseOrder(order))).map(({ row }) => row);
  assert.deepEqual(sorted("name DESC"), [3, 2, 1]);
  assert.deepEqual(sorted("starred DESC, name"), [2, 3, 1]);
  assert.deepEqual(sorted(""), [3, 2, 1]);
});
