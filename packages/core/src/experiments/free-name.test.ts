import assert from "node:assert/strict";
import { it } from "node:test";
import { freeName } from "./free-name.ts";

const takenUpTo = (n: number, gap?: number) => (name: string) => {
  const number = Number(name.slice("run_".length));
  return number > n || number === gap;
};

it("takes the first free number", () => {
  assert.equal(freeName("run", takenUpTo(0)), "run_1");
  assert.equal(freeName("run", takenUpTo(2)), "run_3");
  assert.equal(freeName("run", takenUpTo(40, 7)), "run_7");
});

it("stays exact beyond the stretch that is tried one by one, with few look-ups", () => {
  let asked = 0;
  const isFree = takenUpTo(10_000);
  const name = freeName("run", (candidate) => {
    asked += 1;
    return isFree(candidate);
  });
  assert.equal(name, "run_10001");
  assert.ok(asked < 100, `${asked} look-ups`);
});
