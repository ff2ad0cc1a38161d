// A kept row that outlived a write or its undoing would let logs into a deleted run, or refuse them to a restored one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Tx, Value } from "@cairn/core";
import { keepRows } from "./keep-rows.ts";

type Row = Record<string, Value>;

/** One table of runs, and how often it was asked. */
function world() {
  const rows = new Map<Value, Row>([[1, { row: 1, id: "a", deletedAt: null }]]);
  let asked = 0;
  const inner = {
    get(_: string, row: Value) {
      asked += 1;
      return rows.get(row);
    },
    list(_: string, { prefix: [id] }: { prefix: Value[] }) {
      asked += 1;
      return [...rows.values()].filter((row) => row["id"] === id);
    },
    put: (_: string, row: Row) => rows.set(row["row"] as Value, row),
    delete: (_: string, row: Value) => rows.delete(row),
    clear: () => rows.clear(),
  };
  const { tx, forget } = keepRows(inner as unknown as Tx);
  const find = () => tx.list("runs", { index: "byId", prefix: ["a"], limit: 1 })[0];
  return { rows, tx, forget, find, asked: () => asked };
}

describe("kept rows", () => {
  it("are asked for once, found by key or by index, and are the caller's own", () => {
    const { tx, find, asked } = world();
    const first = find();
    assert.deepEqual(first, { row: 1, id: "a", deletedAt: null });
    (first as unknown as Row)["deletedAt"] = 7;
    assert.equal(find()?.deletedAt, null);
    assert.equal(tx.get("runs", 1)?.id, "a");
    assert.equal(tx.get("runs", 1)?.id, "a");
    assert.equal(asked(), 2);
  });

  it("are read anew after a put, a delete and a clear", () => {
    const { tx, find } = world();
    const row = find();
    assert.ok(row);
    tx.put("runs", { ...row, deletedAt: 5 });
    assert.equal(find()?.deletedAt, 5);
    tx.delete("runs", 1);
    assert.equal(find(), undefined);
    tx.put("runs", row);
    assert.equal(find()?.deletedAt, null);
    tx.clear("runs", { prefix: [] });
    assert.equal(find(), undefined);
  });

  it("are read anew after what they were read from was undone", () => {
    const { rows, tx, find, forget } = world();
    const row = find();
    assert.ok(row);
    tx.put("runs", { ...row, deletedAt: 5 });
    assert.equal(find()?.deletedAt, 5);
    rows.set(1, { ...row });
    forget();
    assert.equal(find()?.deletedAt, null);
  });
});
