import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../errors.ts";
import { formatOrder, formatQuery } from "./format.ts";
import { parseQuery } from "./parse.ts";
import { parseOrder } from "./parse-order.ts";
import { experimentSchema } from "./schema.ts";
import { anyExpression, anyOrder } from "./testing.ts";

function complaint(parse: () => unknown): { message: string; details: Readonly<Record<string, unknown>> } {
  try {
    parse();
  } catch (error) {
    if (isTrackerError(error) && error.code === "invalid") return error;
    throw error;
  }
  assert.fail("it was taken");
}

test("every expression reads back from its own text", () => {
  fc.assert(
    fc.property(anyExpression, (expression) => assert.deepEqual(parseQuery(formatQuery(expression)), expression)),
    {
      numRuns: 500,
    },
  );
});

test("every order reads back from its own text", () => {
  fc.assert(fc.property(anyOrder, (order) => assert.deepEqual(parseOrder(formatOrder(order)), order)));
});

test("AND binds closer than OR, NOT closer than AND, parentheses closest", () => {
  const text = (query: string) => formatQuery(parseQuery(query) as never);
  assert.equal(text("name = 'a' or name='b' AND NOT name = 'c'"), "name = 'a' OR name = 'b' AND NOT name = 'c'");
  assert.deepEqual(parseQuery("name='a' AND (name='b' OR name='c')"), {
    op: "and",
    terms: [parseQuery("name='a'"), parseQuery("name='b' OR name='c'")],
  });
  assert.deepEqual(parseQuery("NOT name='a' AND name='b'"), {
    op: "and",
    terms: [{ op: "not", term: parseQuery("name='a'") }, parseQuery("name='b'")],
  });
});

test("keys may be bare with dots and slashes, or in double quotes or backticks", () => {
  const field = (query: string) => (parseQuery(`${query} IS NULL`) as { field: unknown }).field;
  assert.deepEqual(field("params.model/depth"), { kind: "parameter", key: "model/depth" });
  assert.deepEqual(field('params.`it\'s "odd"`'), { kind: "parameter", key: 'it\'s "odd"' });
  assert.deepEqual(field('metrics."val loss".min'), { kind: "metric", key: "val loss", stat: "min" });
  assert.deepEqual(field("metrics.a.b.max"), { kind: "metric", key: "a.b", stat: "max" });
  assert.deepEqual(field('metrics."loss.min"'), { kind: "metric", key: "loss.min", stat: "latest" });
  assert.deepEqual(field("metrics.min"), { kind: "metric", key: "min", stat: "latest" });
  assert.deepEqual(field("tags.and"), { kind: "tag", key: "and" });
  assert.deepEqual(field("attributes.name"), { kind: "attribute", name: "name" });
});

test("a negation on labels says that none is so, with ANY that one is not", () => {
  const good = { op: "compare", field: { kind: "label" }, comparison: "=", value: "good" } as const;
  assert.deepEqual(parseQuery("label != 'good'"), { op: "not", term: good });
  assert.deepEqual(parseQuery("ANY label != 'good'"), { ...good, comparison: "!=" });
});

test("times may be written as ISO text, and only for fields that are times", () => {
  assert.deepEqual(parseQuery("created >= '2024-05-01'"), {
    op: "compare",
    field: { kind: "attribute", name: "created" },
    comparison: ">=",
    value: Date.UTC(2024, 4, 1),
  });
  assert.match(complaint(() => parseQuery("created > 'yesterday'")).message, /expected a time, found ''yesterday''/);
  assert.match(complaint(() => parseQuery("duration > '2024-05-01'")).message, /expected a number/);
});

test("a complaint names the place, what stands there, what belongs there, and a nearby field", () => {
  const error = complaint(() => parseQuery("state = 'failed' AND nmae = 'x'"));
  assert.equal(error.details["position"], 21);
  assert.equal(error.details["found"], "nmae");
  assert.equal(error.details["hint"], "Did you mean name?");
  assert.match(error.message, /character 22: expected a field of a run \(id, name, .*found 'nmae'/);
  assert.match(complaint(() => parseQuery("metrisc.loss > 1")).message, /Did you mean metrics\.loss\?/);
  assert.match(complaint(() => parseQuery("loss > 1")).message, /write metrics\.loss or params\.loss/);
  // People take it for the experiment's name.
  assert.match(complaint(() => parseQuery("experiment = 'digits'")).message, /goes by its number.*experiment = 3/);
  assert.match(complaint(() => parseQuery("name = abc")).message, /single quotes: 'abc'/);
  assert.match(complaint(() => parseQuery("name = ")).message, /expected a value, found the end/);
  assert.match(complaint(() => parseQuery("metrics.loss > '1'")).message, /expected a number, found ''1''/);
  assert.match(complaint(() => parseQuery("(name = 'a'")).message, /expected '\)', found the end/);
  assert.match(complaint(() => parseQuery("name = 'a' name = 'b'")).message, /expected AND, OR or the end/);
  assert.match(complaint(() => parseQuery("name = 'it")).message, /expected a closing '/);
  assert.match(complaint(() => parseQuery("params.lr > 1abc")).message, /expected a number, found '1abc'/);
  assert.match(complaint(() => parseQuery("params.lr < true")).message, /take = and != only/);
  assert.match(complaint(() => parseQuery("metrics.loss LIKE '1%'")).message, /LIKE is for texts/);
  assert.match(complaint(() => parseQuery("name ; 3")).message, /found ';'/);
});

test("orders take many texts, refuse labels and a field twice", () => {
  assert.deepEqual(parseOrder(["metrics.loss desc, name", "params.lr AS TEXT asc"]), [
    { field: { kind: "metric", key: "loss", stat: "latest" }, descending: true },
    { field: { kind: "attribute", name: "name" }, descending: false },
    { field: { kind: "parameter", key: "lr" }, descending: false, text: true },
  ]);
  assert.deepEqual(parseOrder(" "), []);
  assert.match(complaint(() => parseOrder("label")).message, /many of these/);
  assert.match(complaint(() => parseOrder("name, name DESC")).message, /each field once/);
  assert.match(complaint(() => parseOrder("name up")).message, /expected ASC, DESC, a comma or the end, found 'up'/);
  assert.match(complaint(() => parseOrder("name asc up")).message, /expected a comma or the end, found 'up'/);
});

test("each noun has its own fields", () => {
  assert.notEqual(parseQuery("updated > 5 AND tags.team = 'x'", experimentSchema), null);
  assert.match(
    complaint(() => parseQuery("metrics.loss > 1", experimentSchema)).message,
    /There are no metrics in an experiment/,
  );
});

test("an empty text asks for everything", () => {
  assert.equal(parseQuery(" \n"), null);
});

test("a hostile text is refused before it can exhaust stack or memory", () => {
  const deep = (n: number) => `${"(".repeat(n)}name = 'a'${")".repeat(n)}`;
  assert.notEqual(parseQuery(deep(100)), null);
  assert.match(complaint(() => parseQuery(deep(101))).message, /at most 100 levels/);
  assert.match(complaint(() => parseQuery(deep(30_000))).message, /at most 100 levels/);
  assert.match(complaint(() => parseQuery(`${"NOT ".repeat(16_000)}name = 'a'`)).message, /at most 100 levels/);
  const wide = (n: number) => Array.from({ length: n }, () => "attempt = 1").join(" OR ");
  assert.notEqual(parseQuery(wide(1000)), null);
  assert.match(complaint(() => parseQuery(wide(1001))).message, /at most 1000 comparisons/);
  assert.match(complaint(() => parseQuery(`attempt IN (${"1,".repeat(10_001)}1)`)).message, /at most 10000 values/);
  assert.match(complaint(() => parseQuery(" ".repeat(65_537))).message, /at most 65536 characters/);
  assert.match(complaint(() => parseQuery(`name = ${"'".repeat(60_001)}`)).message, /a closing '/);
});

test("no text makes the parser fail in any other way than by saying what is wrong", () => {
  const part = fc.constantFrom(
    ..."name metrics.loss params.\"a\" label ANY NOT AND OR ( ) , = != < IN LIKE IS NULL 'a' 1 NaN true . \" ' ` 😀".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.string({ maxLength: 5 }), (parts, tail) => {
      try {
        parseQuery(parts.join(" ") + tail);
      } catch (error) {
        assert.ok(isTrackerError(error) && error.code === "invalid", String(error));
      }
    }),
    { numRuns: 3000 },
  );
});
