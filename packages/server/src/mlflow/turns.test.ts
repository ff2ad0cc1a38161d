import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTick } from "node:timers/promises";
import { createTurns } from "./turns.ts";

describe("turns", () => {
  it("let none of a key's works begin before the one before is over, in the order of the calls", async () => {
    const inTurn = createTurns();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await nextTick();
      seen.push(`${name} ends`);
      return name;
    };
    const names = await Promise.all(["a", "b", "c"].map((name) => inTurn("key", work(name))));
    assert.deepEqual(names, ["a", "b", "c"]);
    assert.deepEqual(
      seen,
      ["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it("hold up no other key", async () => {
    const inTurn = createTurns();
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = inTurn("slow", () => promise);
    assert.equal(await inTurn("quick", async () => 1), 1);
    resolve();
    await waiting;
  });

  it("give a failure to its caller alone", async () => {
    const inTurn = createTurns();
    const failing = inTurn("key", () => Promise.reject(new Error("mine")));
    const next = inTurn("key", async () => "goes on");
    await assert.rejects(failing, /mine/);
    assert.equal(await next, "goes on");
  });
});
