import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { recordStoreSuite } from "../conformance/record-store-suite.ts";
import { sqliteStore } from "./sqlite-store.ts";

recordStoreSuite("sqlite", { open: (folder) => sqliteStore({ folder }), isDurable: true });

describe("the first change of a sqlite store", () => {
  const folder = mkdtempSync(join(tmpdir(), "cairn-first-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const open = (at: number, location: string | null = null) =>
    sqliteStore({ folder, first: { kind: "projects.init", input: { location }, at, author: "" } });

  it("is there when the store is, and writes go on behind it", async () => {
    const store = await open(7, "file:///a");
    assert.deepEqual(
      (await store.read("projects.list", {})).map(({ createdAt }) => createdAt),
      [7],
    );
    assert.deepEqual(await store.write("projects.init", {}, { at: 8, author: "" }), { created: false });
    await store.close();
  });

  it("is not made again in a file that is there, and not asked of one", async () => {
    const store = await open(9);
    assert.equal((await store.read("projects.list", {}))[0]?.createdAt, 7);
    await store.close();
  });

  it("lets the folder go when it is refused", async () => {
    const other = join(folder, "other");
    const first = { kind: "runs.delete", input: { run: "0".repeat(32) }, at: 1, author: "" } as const;
    await assert.rejects(sqliteStore({ folder: other, first }));
    await (await sqliteStore({ folder: other })).close();
  });
});
