import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuery } from "@cairn/core";
import fc from "fast-check";
import { markOf } from "./group-rows.ts";
import {
  filterOf,
  isShown,
  joinFilters,
  orderOf,
  parseView,
  sortKeysOf,
  toggleOpened,
  toggleShown,
  viewSearch,
} from "./view.ts";

const id = (letter: string) => letter.repeat(32);

test("a view survives its address", () => {
  const search = {
    q: "metrics.loss < 1 AND name != 'a,b'",
    name: "mlp",
    order: "metrics.loss DESC, created",
    columns: '!name~240,metrics."val loss".min,params.lr,labels',
    group: "params.model/name",
    open: "1x,zz9",
    tab: "charts",
    split: "30",
    first: "3",
    hidden: id("a"),
    more: `${id("b")},${id("c")}`,
    trash: "1",
    sel: id("d"),
  };
  assert.deepEqual(viewSearch(parseView(search)), search);
  assert.deepEqual(
    Object.values(viewSearch(parseView({}))).filter((value) => value !== undefined),
    [],
  );
});

test("an address of nonsense is a usual view, and never an error", () => {
  const text = fc.string({ unit: "binary", maxLength: 20 });
  const keys = [
    "q",
    "name",
    "order",
    "columns",
    "group",
    "open",
    "tab",
    "split",
    "first",
    "hidden",
    "more",
    "trash",
    "sel",
  ];
  fc.assert(
    fc.property(fc.record(Object.fromEntries(keys.map((key) => [key, text]))), (search) => {
      const view = parseView(search);
      assert.ok(view.split >= 15 && view.split <= 85 && view.shown.first >= 0 && view.shown.first <= 100);
      assert.deepEqual(parseView(viewSearch(view)), view);
    }),
  );
});

test("the query and the part of a name must both hold, whatever signs the name has", () => {
  assert.equal(filterOf({ q: "", name: " " }), "");
  assert.equal(
    filterOf({ q: "state = 'failed' OR starred = true", name: "a'%b" }),
    "(state = 'failed' OR starred = true) AND (name ILIKE '%a''\\%b%')",
  );
  assert.ok(parseQuery(filterOf({ q: "starred = true", name: "x_'\\%" })));
  assert.equal(joinFilters(["", "a = 1"]), "a = 1");
});

test("however many groups are opened, the address stays short", () => {
  let opened: readonly string[] = [];
  for (let i = 0; i < 200; i++) opened = toggleOpened(opened, markOf(`params.lr = ${i}`));
  const search = viewSearch({ ...parseView({ group: "params.lr" }), opened });
  assert.ok((search["open"] ?? "").length <= 400);
  assert.deepEqual(parseView(search).opened, opened);
  assert.ok(opened.includes(markOf("params.lr = 199")) && !opened.includes(markOf("params.lr = 0")));
  assert.ok(!toggleOpened(opened, markOf("params.lr = 199")).includes(markOf("params.lr = 199")));
});

test("an order goes by columns, and through them back", () => {
  const { columns = [] } = parseView({ columns: "name,metrics.acc.best,params.lr" });
  const keys = sortKeysOf("metrics.acc.max DESC, heartbeat", columns);
  assert.deepEqual(keys, [
    { key: "metrics.acc.best", descending: true },
    { key: "heartbeat", descending: false },
  ]);
  assert.equal(orderOf(keys, columns), "metrics.acc.max DESC, heartbeat");
});

test("an eye that is pressed twice is as before, for a first row and for any other", () => {
  const shown = { first: 10, hidden: [], more: [] };
  for (const isFirst of [true, false]) {
    const once = toggleShown(shown, id("a"), isFirst);
    assert.equal(isShown(once, id("a"), isFirst), !isFirst);
    assert.deepEqual(toggleShown(once, id("a"), isFirst), shown);
  }
});
