import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findShortcut, keyOf } from "./keys.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) =>
  keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("the name of a pressed key", () => {
  it("is the same for Ctrl and Cmd", () => {
    assert.equal(press("k", { ctrlKey: true }), "mod+k");
    assert.equal(press("K", { metaKey: true }), "mod+k");
  });

  it("leaves Shift out for signs, which some keyboards need it for and others do not", () => {
    assert.equal(press("?", { shiftKey: true }), "?");
    assert.equal(press("?"), "?");
    assert.equal(press("D", { shiftKey: true }), "shift+d");
  });
});

describe("the shortcut for a key", () => {
  const run = () => {};
  const groups = [
    { title: "page", shortcuts: { c: { label: "outer", run } } },
    { title: "screen", shortcuts: { c: { label: "inner", run } } },
  ];

  it("is that of the innermost screen", () => assert.equal(findShortcut(groups, "c")?.label, "inner"));
  it("is none for a key such as the name of a method of every object", () =>
    assert.equal(findShortcut(groups, "constructor"), undefined));
});
