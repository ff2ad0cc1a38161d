import assert from "node:assert/strict";
import { it } from "node:test";
import type { SeriesInfo } from "@cairn/core";
import { type Registration, versionInput } from "./register.ts";

const metric = (key: string, value: number): SeriesInfo => ({
  key,
  name: key,
  phase: null,
  count: 1,
  latest: { step: 0, time: 0, value, batch: null },
  min: null,
  max: null,
  sum: value,
  nan: 0,
  positiveInfinity: 0,
  negativeInfinity: 0,
});
const run = { id: "0a".repeat(16) as never, metrics: [metric("loss", 0.5), metric("odd", Number.NaN)] };
const plain: Registration = {
  model: "m",
  origin: "",
  label: " ",
  alias: "",
  comment: "",
  withMetrics: false,
  isSealed: true,
};

it("a version is made from the run's files, a folder with any name, a checkpoint, or nothing", () => {
  const from = (origin: Registration["origin"]) => versionInput(run, { ...plain, origin }).from;
  assert.deepEqual(from(""), { run: run.id });
  assert.deepEqual(from("folder:a:b/c"), { run: run.id, folder: "a:b/c" });
  assert.deepEqual(from("checkpoint:m-1"), { checkpoint: "m-1" });
  assert.equal(from("none"), undefined);
});

it("fields that were left empty are left out, and only numbers that JSON has become metadata", () => {
  assert.deepEqual(versionInput(run, plain), { run: run.id, state: "sealed", from: { run: run.id } });
  const whole = versionInput(run, { ...plain, label: " 1.0 ", comment: "c", withMetrics: true, isSealed: false });
  assert.deepEqual(whole, {
    run: run.id,
    state: "draft",
    label: "1.0",
    comment: "c",
    metadata: { loss: 0.5 },
    from: { run: run.id },
  });
});
