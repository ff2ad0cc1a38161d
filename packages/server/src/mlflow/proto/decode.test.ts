import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { WireError } from "../errors.ts";
import { parseBody } from "./body.ts";
import { decodeMessage, type JsonObject } from "./decode.ts";
import { bool, choice, double, int32, int64, nested, repeated, required, runId, text } from "./message.ts";
import { logBatch, logInputs, searchRuns, updateRun } from "./messages.ts";

const shape = {
  run_id: runId,
  name: text,
  count: int64,
  small: int32,
  score: double,
  flag: bool,
  state: choice({ ON: 1, OFF: 2 }),
  tags: repeated(nested({ key: required(text), value: text })),
};
const base = { run_id: "r" };

function decode(json: JsonObject) {
  return decodeMessage(shape, json);
}

/** The message of the refusal. */
function refusal(json: JsonObject, fromQuery = false): string {
  try {
    decodeMessage(shape, json, "", fromQuery);
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    assert.equal(error.code, "INVALID_PARAMETER_VALUE");
    return error.message;
  }
  return assert.fail("it was accepted");
}

const SUFFIX = " See the API docs for more information about request parameters.";

describe("a message in proto2 JSON", () => {
  it("is read by proto names and by camelCase, but not by both at once", () => {
    assert.equal(decode({ runId: "x" }).run_id, "x");
    assert.equal(
      refusal({ run_id: "a", runId: "b" }),
      "Request specifies both 'run_id' and 'runId'; provide only one of them.",
    );
  });

  it("takes null for unset and ignores what it does not know", () => {
    const message = decode({ ...base, name: null, tags: null, nothing: 1 });
    assert.equal(message.name, undefined);
    assert.deepEqual(message.tags, []);
  });

  it("takes whole numbers as numbers, as floats without a fraction and as texts", () => {
    for (const count of [5, 5.0, "5"]) assert.equal(decode({ ...base, count }).count, 5);
    for (const count of [5.5, "5.0", "x", true, "", [], {}])
      assert.match(refusal({ ...base, count }), /^Invalid value /);
  });

  // JSON.parse has already rounded such a number: storing its neighbour would be silent corruption.
  it("refuses whole numbers that a double cannot hold", () => {
    assert.match(refusal({ ...base, count: 2 ** 53 }), /parameter 'count'/);
    assert.match(refusal({ ...base, count: "9223372036854775807" }), /parameter 'count'/);
    assert.match(refusal({ ...base, small: 2 ** 31 }), /parameter 'small'/);
  });

  it("takes doubles as numbers and texts, and the three words for what is no number", () => {
    assert.equal(decode({ ...base, score: "1.5e3" }).score, 1500);
    assert.ok(Number.isNaN(decode({ ...base, score: "NaN" }).score));
    assert.equal(decode({ ...base, score: "-Infinity" }).score, Number.NEGATIVE_INFINITY);
    for (const score of ["nan", "abc", "", " 1", true, "1e999"]) refusal({ ...base, score });
    assert.throws(() => parseBody(Buffer.from('{"score": NaN}')), /not valid JSON/);
    // 1e999 is valid JSON, JSON.parse makes Infinity of it, and JSON.stringify null: who sent a number read of a null.
    const beyond =
      /^Invalid value \(a number too large for a double\) for parameter '(?:score|count)' .* of type 'float'\./;
    for (const text of ["1e999", "-1e999"]) {
      assert.match(refusal({ ...base, score: JSON.parse(text) }), beyond);
      assert.match(refusal({ ...base, count: JSON.parse(text) }), beyond);
    }
  });

  it("takes enums by name and by number", () => {
    assert.equal(decode({ ...base, state: "OFF" }).state, "OFF");
    assert.equal(decode({ ...base, state: 1 }).state, "ON");
    refusal({ ...base, state: "on" });
    refusal({ ...base, state: 3 });
  });

  it("names the old id of a run too", () => {
    assert.equal(decode({ run_uuid: "old" }).run_id, "old");
    assert.equal(decode({ run_id: null, runUuid: "old" }).run_id, "old");
  });

  it("says what is missing, whether absent, null or empty", () => {
    for (const json of [{}, { run_id: null }, { run_id: "" }]) {
      assert.equal(refusal(json), `Missing value for required parameter 'run_id'.${SUFFIX}`);
    }
  });

  it("shows the wrong value as compact JSON, with its Python type", () => {
    assert.equal(
      refusal({ ...base, name: { b: [1, 2.5], a: "ä" } }),
      `Invalid value {"a":"\\u00e4","b":[1,2.5]} for parameter 'name' supplied:  Hint: Value was of type 'dict'.${SUFFIX}`,
    );
    assert.match(refusal({ ...base, name: 1 }), /^Invalid value 1 .* of type 'int'\./);
    assert.match(refusal({ ...base, name: 1.5 }), /'float'/);
    assert.match(refusal({ ...base, tags: "x" }), /^Invalid value "x" for parameter 'tags' .*'str'/);
    assert.match(refusal({ ...base, name: false }), /^Invalid value false .*'bool'/);
  });

  it("shows no more of a large value than fits the message", () => {
    const ascii = "a".repeat(5000);
    for (const name of [
      [ascii],
      { [ascii]: 1 },
      Array(5000).fill(0),
      Object.fromEntries(Array.from(ascii, (each, index) => [`k${index}`, each])),
    ]) {
      const shown = /^Invalid value (.*)… for parameter 'name'/.exec(refusal({ ...base, name }))?.[1];
      assert.equal(shown, JSON.stringify(name, Object.keys(name).sort()).slice(0, 1000));
    }
  });

  it("refuses a list beyond all limits before it looks at the items", () => {
    const items = Array(100_001).fill(0);
    assert.match(refusal({ ...base, tags: items }), /^Parameter 'tags' has 100001 items; at most 100000 are read\./);
    assert.match(refusal({ ...base, tags: items.slice(1) }), /parameter 'tags\[0\]'/);
  });

  it("names a nested field by its path", () => {
    assert.equal(
      refusal({ ...base, tags: [{ key: "a" }, {}] }),
      `Missing value for required parameter 'tags[1].key'.${SUFFIX}`,
    );
    assert.match(refusal({ ...base, tags: [{ key: 1 }] }), /parameter 'tags\[0\]\.key'/);
    assert.match(refusal({ ...base, tags: [null] }), /parameter 'tags\[0\]' .*'NoneType'/);
  });

  it("comes from a query too: one value is a list of one, the first of several counts, a bool is a word", () => {
    const from = (query: JsonObject) => decodeMessage(shape, { ...base, ...query }, "", true);
    assert.equal(from({ count: "7" }).count, 7);
    assert.equal(from({ name: ["a", "b"] }).name, "a");
    assert.equal(from({ flag: "True" }).flag, true);
    assert.equal(refusal({ ...base, flag: "yes" }, true), "Invalid boolean value: yes, must be 'true' or 'false'.");
    assert.deepEqual(decodeMessage({ ids: repeated(text) }, { ids: "a" }, "", true).ids, ["a"]);
  });

  it("is never refused in any other way than by a WireError, whatever is sent", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(shape, logBatch, logInputs, searchRuns, updateRun),
        fc.dictionary(
          fc.constantFrom(
            "run_id",
            "metrics",
            "params",
            "tags",
            "datasets",
            "status",
            "max_results",
            "order_by",
            "value",
          ),
          fc.jsonValue(),
        ),
        (any, json) => {
          try {
            decodeMessage(any, json as JsonObject);
          } catch (error) {
            assert.ok(error instanceof WireError, String(error));
          }
        },
      ),
    );
  });
});

describe("a body", () => {
  const parse = (body: string) => parseBody(Buffer.from(body));

  it("may be empty, and may be JSON within a JSON text", () => {
    assert.deepEqual(parseBody(undefined), {});
    assert.deepEqual(parse(""), {});
    assert.deepEqual(parse("null"), {});
    assert.deepEqual(parse(JSON.stringify(JSON.stringify({ a: 1 }))), { a: 1 });
  });

  // A walk of such a value by recursion overflows the stack: the answer was a 500, from any field of any route.
  it("is refused when it is nested too deeply, within a JSON text too", () => {
    const deep = (levels: number) => `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    const tooDeep = /^Bad Request\. The body is nested deeper than 100 levels\.$/;
    parse(deep(99));
    for (const body of [deep(100), deep(100_000), JSON.stringify(deep(100))])
      assert.throws(() => parse(body), { name: "WireError", message: tooDeep });
    assert.ok(parse(JSON.stringify({ brackets: `${"[".repeat(500)}\\"${"{".repeat(500)}` })));
  });

  // Two bytes each: a body of 60 MB took 13 seconds and 3 GB to parse.
  it("is refused when it holds more than a million values, before it is parsed", () => {
    const list = (item: string, count: number) => `{"x":[${Array(count).fill(item).join(",")}]}`;
    parse(list("0", 900_000));
    assert.throws(() => parse(list("0", 1_000_001)), /holds more than 1000000 values/);
    assert.throws(() => parse(list("{}", 600_000)), /holds more than 1000000 values/);
    parse(JSON.stringify({ text: ",".repeat(1_500_000) }));
  });

  // Decoded as it is, it would be stored with U+FFFD in place of what was sent.
  it("is refused when it is not UTF-8", () => {
    assert.throws(() => parseBody(Buffer.from('{"name":"caf\xe9"}', "latin1")), {
      name: "WireError",
      message: "Bad Request. The body is not UTF-8.",
    });
    assert.deepEqual(parse('{"name":"café"}'), { name: "café" });
  });

  it("must be an object", () => {
    for (const body of ["[]", "1", "true", '"[]"', "{", '"{"']) assert.throws(() => parse(body), WireError);
  });
});
