import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { WireError } from "./errors.ts";
import { parseBatch } from "./log-batch.ts";

const run_id = "0123456789abcdef0123456789abcdef";
const metric = { key: "loss", value: 0.5, timestamp: 1000, step: 3 };
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

function parse(body: unknown) {
  return parseBatch(Buffer.from(JSON.stringify(body)));
}

function refusal(body: unknown): string {
  try {
    parse(body);
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    return error.message;
  }
  return assert.fail("it was accepted");
}

describe("a batch", () => {
  it("carries points, parameters and tags, and nothing else that stands in its items", () => {
    const batch = parse({
      run_id,
      metrics: [metric],
      params: [{ key: "lr", value: "0.1", group: "smuggled" }],
      tags: [{ key: "t", value: "" }],
    });
    assert.equal(batch.run, run_id);
    assert.deepEqual(batch.points?.keys, ["loss"]);
    assert.deepEqual(batch.params, [{ key: "lr", value: "0.1" }]);
    assert.deepEqual(batch.tags, [{ key: "t", value: "" }]);
  });

  // The fast path and the schema must not drift apart: what one takes at once, the other must read the same.
  it("is the same whether it is plainly right or must be mended", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    const metrics = fc.array(
      fc.record({ key: fc.constantFrom("a", "b"), value, timestamp: fc.nat(), step: fc.integer() }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(metrics, (items) => {
        const texts = items.map((item) => ({ ...item, timestamp: String(item.timestamp), step: String(item.step) }));
        assert.deepEqual(parse({ runId: run_id, metrics: texts }), parse({ run_id, metrics: items }));
      }),
    );
  });

  it("may lack everything but the run", () => {
    const batch = parse({ run_id });
    assert.equal(batch.points, undefined);
    assert.deepEqual([batch.params, batch.tags], [[], []]);
  });

  it("names the item and the field that is wrong", () => {
    const first = (error: string) => error.split(".")[0];
    assert.equal(first(refusal({ metrics: [] })), "Missing value for required parameter 'run_id'");
    assert.match(
      refusal({ run_id, metrics: [metric, { ...metric, timestamp: null }] }),
      /^Missing .* 'metrics\[1\]\.timestamp'\./,
    );
    assert.match(refusal({ run_id, metrics: [{ ...metric, key: "" }] }), /^Missing .* 'metrics\[0\]\.key'\./);
    assert.match(
      refusal({ run_id, metrics: [{ ...metric, value: "abc" }] }),
      /^Invalid value "abc" for parameter 'metrics\[0\]\.value'/,
    );
    assert.match(
      refusal({ run_id, metrics: { a: 1 } }),
      /parameter 'metrics' supplied: {2}Hint: Value was of type 'dict'/,
    );
    assert.match(refusal({ run_id, tags: [{ value: "x" }] }), /^Missing .* 'tags\[0\]\.key'\./);
  });

  it("refuses keys that could not be files, in MLflow's words", () => {
    assert.equal(
      refusal({ run_id, metrics: [{ ...metric, key: "a#b" }] }),
      "Invalid value \"a#b\" for parameter 'metrics[0].name' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
    );
    assert.match(
      refusal({ run_id, params: [{ key: "a//b", value: "1" }] }),
      /'params\[0\]\.key' .* would resolve to 'a\/b'$/,
    );
    assert.match(
      refusal({ run_id, tags: [{ key: "..", value: "1" }] }),
      /'tags\[0\]\.key' .* would resolve to '\.\.'$/,
    );
    const long = "k".repeat(251);
    assert.equal(
      refusal({ run_id, metrics: [{ ...metric, key: long }] }),
      `'Metric name' exceeds the maximum length of 250 characters: '${"k".repeat(80)}… (251 characters)'.`,
    );
    assert.equal(
      refusal({ run_id, params: [{ key: long, value: "" }] }),
      `'Param key' exceeds the maximum length of 250 characters: '${"k".repeat(80)}… (251 characters)'.`,
    );
    assert.match(
      refusal({ run_id, metrics: [{ ...metric, timestamp: -1 }] }),
      /^Invalid value -1 for parameter 'metrics\[0\]\.timestamp' supplied: metric 'loss' \(value=0\.5\)\. Timestamp must be/,
    );
  });

  it("holds at most 1000 metrics, 100 parameters, 100 tags, and 1000 in all", () => {
    const params = many(100, (i) => ({ key: `p${i}`, value: "" }));
    assert.equal(parse({ run_id, metrics: many(900, () => metric), params }).points?.values.length, 900);
    assert.equal(
      refusal({ run_id, metrics: many(1001, () => metric) }),
      "A batch logging request can contain at most 1000 metrics. Got 1001 metrics. Please split up metrics across multiple requests and try again.",
    );
    assert.match(
      refusal({ run_id, params: many(101, (i) => ({ key: `p${i}`, value: "" })) }),
      /at most 100 params\. Got 101/,
    );
    assert.match(
      refusal({ run_id, tags: many(101, (i) => ({ key: `p${i}`, value: "" })) }),
      /at most 100 tags\. Got 101/,
    );
    assert.match(
      refusal({ run_id, metrics: many(901, () => metric), params }),
      /at most 1000 metrics, params, and tags\. Got 1001/,
    );
  });

  it("refuses a parameter given twice, even with the same value", () => {
    const twice = { key: "k", value: "1" };
    assert.equal(
      refusal({ run_id, params: [twice, twice] }),
      "Duplicate parameter keys have been submitted: ['k']. Please ensure the request contains only one param value per param key.",
    );
  });

  it("cuts long values by characters, not in the middle of one", () => {
    const [param] = parse({ run_id, params: [{ key: "k", value: "😀".repeat(6001) }] }).params;
    assert.equal(param?.value, "😀".repeat(6000));
    const [tag] = parse({ run_id, tags: [{ key: "k", value: "x".repeat(8001) }] }).tags;
    assert.equal(tag?.value.length, 8000);
  });

  it("says of a run id whether it is no id, or none of ours", () => {
    assert.equal(refusal({ run_id: "not an id" }), "Invalid value \"not an id\" for parameter 'run_id' supplied.");
    assert.equal(refusal({ run_id: "abc" }), "Run with id=abc not found");
  });

  it("is never refused in any other way than by a WireError, whatever is sent", () => {
    const body = fc.record(
      {
        run_id: fc.oneof(fc.constant(run_id), fc.jsonValue()),
        metrics: fc.jsonValue(),
        params: fc.jsonValue(),
        tags: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), (json) => {
        try {
          parse(json);
        } catch (error) {
          assert.ok(error instanceof WireError, String(error));
        }
      }),
    );
  });
});
