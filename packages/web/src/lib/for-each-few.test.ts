import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachFew } from "./for-each-few.ts";

test("every item is tried once, a few at a time, and one that fails spares the others", async () => {
  let running = 0;
  let most = 0;
  const tried: number[] = [];
  const { done, failed } = await forEachFew([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    tried.push(item);
    if (item % 3 === 0) throw new Error(`no ${item}`);
  });
  assert.deepEqual(tried.sort(), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(most, 3);
  assert.deepEqual([...done].sort(), [1, 2, 4, 5, 7]);
  assert.deepEqual(failed.map(({ item, error }) => [item, (error as Error).message]).sort(), [
    [3, "no 3"],
    [6, "no 6"],
  ]);
});

test("nothing to do is done at once", async () => {
  assert.deepEqual(await forEachFew([], 4, async () => assert.fail("there is no item")), { done: [], failed: [] });
});
