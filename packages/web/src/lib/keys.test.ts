import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addGroup, findShortcut, keyOf, type ShortcutGroup } from "./keys.ts";

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
  /** A screen that is loaded at once is there before its frame, and the frame's group comes anew with another language. */
  it("is the screen's, whether it or what is around it came first", () => {
    const [screen, around]: ShortcutGroup[] = [
      { title: "screen", shortcuts: { c: { label: "screen", run } } },
      { title: "everywhere", isOutermost: true, shortcuts: { c: { label: "around", run }, d: { label: "d", run } } },
    ];
    assert.ok(screen !== undefined && around !== undefined);
    for (const order of [
      [screen, around],
      [around, screen],
    ]) {
      const all = order.reduce(addGroup, []);
      assert.equal(findShortcut(all, "c")?.label, "screen");
      assert.equal(findShortcut(all, "d")?.label, "d");
      assert.deepEqual(all, [around, screen]);
    }
  });
  it("is none for a key such as the name of a method of every object", () =>
    assert.equal(findShortcut(groups, "constructor"), undefined));
});
