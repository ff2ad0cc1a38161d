import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Run, Version } from "@cairn/core";
import fc from "fast-check";
import { fieldsOf, fieldsText, fieldText, fieldValue, parseField, parseFields } from "./version-numbers.ts";

const version = (number: number, metadata: Version["metadata"], run: string | null = null) =>
  ({ number, metadata, run }) as Version;
const metric = (key: string, phase: string | null, value = 1) =>
  ({ key, name: key, phase, latest: { step: 1, time: 0, value, batch: null } }) as unknown as Run["metrics"][number];
const run = (...metrics: Run["metrics"][number][]) => ({ metrics }) as unknown as Run;

describe("fields of versions", () => {
  it("numbers of the metadata come first, then held-out metrics, then words, then the rest", () => {
    const runs = new Map([["r", run(metric("train/loss", "train"), metric("val/loss", "val"))]]);
    const fields = fieldsOf([version(1, { data: "2017", accuracy: 0.9 }, "r"), version(2, { accuracy: 0.8 })], runs);
    assert.deepEqual(fields.map(fieldText), ["meta:accuracy", "metric:val/loss", "meta:data", "metric:train/loss"]);
  });

  it("what most versions have comes before what few have", () => {
    const fields = fieldsOf([version(1, { a: 1, b: 1 }), version(2, { b: 1 })], new Map());
    assert.deepEqual(fields.map(fieldText), ["meta:b", "meta:a"]);
  });

  it("a value is the metadata's own, never one that every object has", () => {
    assert.equal(fieldValue({ kind: "metadata", key: "toString" }, version(1, {}), undefined), undefined);
    assert.equal(
      fieldValue({ kind: "metric", key: "val/loss" }, version(1, {}, "r"), run(metric("val/loss", "val", 0.5))),
      0.5,
    );
  });

  it("the address gives back what was put there, and passes over nonsense", () => {
    assert.deepEqual(parseFields("meta:a\nnonsense\nmetric:b c"), [
      { kind: "metadata", key: "a" },
      { kind: "metric", key: "b c" },
    ]);
    assert.deepEqual(parseFields(fieldsText([])), []);
    assert.equal(parseFields(undefined), undefined);
    fc.assert(
      fc.property(fc.constantFrom("metadata" as const, "metric" as const), fc.string({ minLength: 1 }), (kind, key) => {
        assert.deepEqual(parseField(fieldText({ kind, key })), { kind, key });
      }),
    );
  });
});
