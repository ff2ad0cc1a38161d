// A column that two logs hold at once would mix the points of two runs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createColumnPool } from "./column-pool.ts";

const doubles = new Float64Array(0);
const words = new Uint32Array(0);

describe("a pool of columns", () => {
  it("hands a column out again, once, to who asks for its kind and room", () => {
    const pool = createColumnPool(1 << 20);
    const column = pool.take(doubles, 2048);
    pool.give(column);
    assert.equal(pool.take(words, 2048).length, 2048);
    assert.equal(pool.take(doubles, 1024).length, 1024);
    assert.equal(pool.take(doubles, 2048), column);
    assert.notEqual(pool.take(doubles, 2048), column);
  });

  it("keeps no more bytes than it may, and counts those it handed out again no more", () => {
    const pool = createColumnPool(2048 * 8);
    const first = new Float64Array(2048);
    const second = new Float64Array(2048);
    pool.give(first);
    pool.give(second);
    assert.equal(pool.take(doubles, 2048), first);
    assert.notEqual(pool.take(doubles, 2048), second);
    pool.give(second);
    assert.equal(pool.take(doubles, 2048), second);
  });

  // Else a pool full of sizes that logs have passed by would turn every column away that is used again and again.
  it("lets go of the size that was asked for the longest ago when it is full", () => {
    const pool = createColumnPool(5 * 1024 * 8);
    const old = [pool.take(doubles, 1024), pool.take(doubles, 1024)];
    const used = [pool.take(doubles, 2048), pool.take(words, 2048)];
    for (const column of [...used, ...old]) pool.give(column);
    const more = pool.take(doubles, 1536);
    pool.give(more);
    for (const column of used) assert.equal(pool.take(column, 2048), column);
    assert.equal(pool.take(doubles, 1536), more);
    for (const column of old) assert.notEqual(pool.take(doubles, 1024), column);
  });

  it("lets go of all when it is cleared", () => {
    const pool = createColumnPool(1 << 20);
    const column = new Uint32Array(4096);
    pool.give(column);
    pool.clear();
    assert.notEqual(pool.take(words, 4096), column);
  });
});
