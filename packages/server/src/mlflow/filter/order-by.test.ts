import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseExperimentOrder } from "./experiment-order.ts";
import { parseRunOrder } from "./run-order.ts";
import { tokenize } from "./tokens.ts";

const clauses = (count: number) => Array.from({ length: count }, (_, index) => `metrics.m${index}`);

describe("an order", () => {
  // Millions of clauses blocked the server for seconds, and came back whole in a message.
  it("has at most 32 keys, of runs and of experiments", () => {
    assert.equal(parseRunOrder([...clauses(30), "start_time", "run_id"]).length, 32);
    assert.throws(() => parseRunOrder(clauses(33)), /at most 32 keys, not 33/);
    assert.throws(() => parseExperimentOrder(Array(33).fill("name")), /at most 32 keys, not 33/);
  });

  it("has clauses of at most 65536 characters", () => {
    assert.throws(() => parseRunOrder(["9".repeat(65_537)]), /at most 65536 characters, not 65537/);
  });

  it("shows little of what it refuses", () => {
    const long = `metrics.${"m".repeat(50_000)}`;
    assert.throws(
      () => parseRunOrder([long, long]),
      (error: Error) => /duplicate fields/.test(error.message) && error.message.length < 3000,
    );
  });

  // Digit by digit, each was tried as a number to its end: 20 000 of them took two seconds, 65 000 half a minute.
  it("takes digits that run into a word for one token", () => {
    const digits = "1".repeat(60_000);
    assert.deepEqual(
      tokenize(`${digits}a 2`).map(({ kind, source }) => [kind, source.length]),
      [
        ["other", 60_001],
        ["number", 1],
      ],
    );
  });
});
