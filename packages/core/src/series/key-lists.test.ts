import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeyLists } from "./key-lists.ts";

const listOf = (name: string, length = 20) => Array.from({ length }, (_, i) => `${name} ${i}`);

test("an equal list is found at its place, one that differs in a single key or in length is not", () => {
  const lists = createKeyLists();
  const a = lists.keep(listOf("a"));
  const b = lists.keep(listOf("b"));
  assert.deepEqual([lists.find(listOf("a")), lists.find(listOf("b"))], [a, b]);
  assert.equal(lists.find([...listOf("a").slice(1), "other"]), -1);
  assert.equal(lists.find(listOf("a", 21)), -1);
  lists.clear();
  assert.equal(lists.find(listOf("a")), -1);
});

test("a kept list stays as it was, whatever becomes of the array", () => {
  const lists = createKeyLists();
  const keys = listOf("a");
  const place = lists.keep(keys);
  keys[3] = "changed";
  assert.equal(lists.find(keys), -1);
  assert.equal(lists.find(listOf("a")), place);
});

test("a frozen list is found by itself and by its equals", () => {
  const lists = createKeyLists();
  lists.keep(listOf("a"));
  const keys = Object.freeze(listOf("b"));
  const place = lists.keep(keys);
  assert.deepEqual(
    [lists.find(keys), lists.find(listOf("b")), lists.find(Object.freeze(listOf("b")))],
    [place, place, place],
  );
});

test("only so many lists of bounded length are kept, and the oldest gives its place to a new one", () => {
  const lists = createKeyLists();
  assert.deepEqual([lists.keep(listOf("a", 15)), lists.keep(listOf("a", 4097))], [-1, -1]);
  const places = Array.from({ length: 33 }, (_, i) => lists.keep(listOf(`${i}`)));
  assert.equal(places[32], places[0]);
  assert.equal(lists.find(listOf("0")), -1);
  assert.equal(lists.find(listOf("32")), places[0]);
});
