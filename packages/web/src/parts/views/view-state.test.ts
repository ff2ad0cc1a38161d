import assert from "node:assert/strict";
import { test } from "node:test";
import { isAsSaved, searchOfView, viewStateOf } from "./view-state.ts";

test("a saved view holds the address without the selection and without its own id", () => {
  const search = { q: "metrics.loss < 1", sel: "a,b", view: "7", order: undefined, name: "" };
  assert.deepEqual(viewStateOf(search), { q: "metrics.loss < 1" });
});

test("what another program saved as a view cannot put anything but texts into the address", () => {
  assert.deepEqual(searchOfView({ q: "x", n: 3, deep: { a: 1 }, view: "9", sel: "b" }), { q: "x" });
  assert.deepEqual([searchOfView(null), searchOfView("q"), searchOfView(undefined)], [{}, {}, {}]);
});

test("a screen is as saved whatever the order of its keys, and whatever is selected or open", () => {
  assert.equal(isAsSaved({ b: "2", a: "1", sel: "x", open: "1x", view: "3" }, { a: "1", b: "2" }), true);
  assert.equal(isAsSaved({ a: "1" }, { a: "1", b: "2" }), false);
});
