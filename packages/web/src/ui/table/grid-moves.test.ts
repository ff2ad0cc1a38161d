import assert from "node:assert/strict";
import { test } from "node:test";
import { moveInGrid } from "./grid-moves.ts";

const size = { rows: 100, columns: 5, page: 10 };
const press = (key: string, row: number, column: number, ctrlKey = false) => {
  const to = moveInGrid({ row, column }, { key, ctrlKey, metaKey: false }, size);
  return to && [to.row, to.column];
};

test("arrows move by one and stop at the edges; above the first row is the header", () => {
  assert.deepEqual(press("ArrowDown", 99, 2), [99, 2]);
  assert.deepEqual(press("ArrowUp", 0, 2), [-1, 2]);
  assert.deepEqual(press("ArrowUp", -1, 2), [-1, 2]);
  assert.deepEqual(press("ArrowRight", 3, 4), [3, 4]);
  assert.deepEqual(press("ArrowLeft", 3, 4), [3, 3]);
});

test("Home and End move in the row, with Ctrl in the grid", () => {
  assert.deepEqual(press("Home", 3, 4), [3, 0]);
  assert.deepEqual(press("End", 3, 1), [3, 4]);
  assert.deepEqual(press("Home", 30, 4, true), [0, 0]);
  assert.deepEqual(press("End", 3, 1, true), [99, 4]);
});

test("pages leave a row or two in sight, and never lead into the header", () => {
  assert.deepEqual(press("PageDown", 3, 1), [13, 1]);
  assert.deepEqual(press("PageDown", 95, 1), [99, 1]);
  assert.deepEqual(press("PageUp", 4, 1), [0, 1]);
});

test("other keys are none of the grid's", () => {
  assert.equal(press("x", 3, 1), undefined);
});
