import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type RowOf, type TableName, type Tx, tables } from "@cairn/core";
import type { Rows } from "../shared/rows.ts";

export interface RowsUnderTest {
  readonly rows: Rows;
  close(): void;
}

/** What every adapter's rows must do, whatever they are kept in. */
export function rowsSuite(name: string, open: () => RowsUnderTest): void {
  function inside(test: (tx: Tx, rows: Rows) => void): () => void {
    return () => {
      const { rows, close } = open();
      try {
        rows.begin();
        test(rows.tx, rows);
        if (rows.canGoOn(undefined)) rows.rollback();
      } finally {
        close();
      }
    };
  }

  describe(`rows of ${name}`, () => {
    it(
      "finds a put row by its key, with equal values and plain objects",
      inside((tx) => {
        const row = run(7, { name: "naïve 😀 O'Brien", startedAt: null, endedAt: 2 ** 53 - 1 });
        tx.put("runs", row);
        assert.deepEqual(tx.get("runs", 7), row);
        assert.equal(tx.get("runs", 8), undefined);
      }),
    );

    it(
      "replaces the row with the same key, in every index too",
      inside((tx) => {
        tx.put("runs", run(1, { name: "before" }));
        tx.put("runs", run(1, { name: "after" }));
        assert.equal(tx.count("runs", { prefix: [] }), 1);
        assert.equal(tx.count("runs", { index: "byName", prefix: [0, "before"] }), 0);
        assert.equal(tx.list("runs", { index: "byName", prefix: [0, "after"] })[0]?.row, 1);
      }),
    );

    it(
      "walks from, after, to, reverse and limit over the column behind the prefix",
      inside((tx) => {
        for (const run of [1, 2]) for (let seq = 0; seq < 10; seq++) tx.put("lost", record(run, seq));
        const numbers = (range: Parameters<typeof tx.list<"lost">>[1]) => tx.list("lost", range).map((row) => row.seq);
        const prefix = [2];
        assert.deepEqual(numbers({ prefix }), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert.deepEqual(numbers({ prefix, from: 3, to: 6 }), [3, 4, 5]);
        assert.deepEqual(numbers({ prefix, after: 3, to: 6 }), [4, 5]);
        assert.deepEqual(numbers({ prefix, after: 3, limit: 2 }), [4, 5]);
        assert.deepEqual(numbers({ prefix, reverse: true, limit: 2 }), [9, 8]);
        assert.deepEqual(numbers({ prefix, to: 4, reverse: true, limit: 2 }), [3, 2]);
        assert.deepEqual(numbers({ prefix, from: 4, to: 4 }), []);
        assert.deepEqual(numbers({ prefix, from: 8, to: 3 }), []);
        assert.deepEqual(numbers({ prefix, limit: 0 }), []);
        assert.deepEqual(numbers({ prefix: [3] }), []);
        assert.equal(tx.count("lost", { prefix, limit: 4 }), 4);
        assert.equal(tx.count("lost", { prefix }), 10);
        assert.equal(tx.list("lost", { prefix: [1, 4] }).length, 1);
      }),
    );

    it(
      "walks an index on into the key, so that pages can go on after a row",
      inside((tx) => {
        for (let row = 1; row <= 5; row++) tx.put("runs", run(row, { experiment: row === 3 ? 9 : 4 }));
        const rows = tx.pick("runs", ["row"], { index: "byExperiment", prefix: [4], after: 1, limit: 2 });
        assert.deepEqual(rows, [{ row: 2 }, { row: 4 }]);
      }),
    );

    it(
      "reads only the columns that were picked",
      inside((tx) => {
        tx.put("runs", run(7, { name: "seven" }));
        assert.deepEqual(tx.pick("runs", ["name", "row"], { prefix: [7] }), [{ name: "seven", row: 7 }]);
      }),
    );

    // A comparison by UTF-16 units puts 😀 (U+1F600) before ！ (U+FF01), one by a locale puts a before B.
    it(
      "orders texts by code point",
      inside((tx) => {
        const texts = ["", " ", "'", "B", "a", "a b", "aa", "é", "\ud7ff", "\ue000", "！", "😀", "😀a", "\u{10ffff}"];
        for (const key of texts.toReversed()) tx.put("experimentTags", { experiment: 1, key, value: "" });
        const keys = tx.list("experimentTags", { prefix: [1] }).map((row) => row.key);
        assert.deepEqual(keys, texts);
        const above = tx.list("experimentTags", { prefix: [1], after: "！" }).map((row) => row.key);
        assert.deepEqual(above, ["😀", "😀a", "\u{10ffff}"]);
      }),
    );

    it(
      "keeps infinities and large numbers exactly, -0 as 0 and NaN as null",
      inside((tx) => {
        const given = [Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 0.1, 3, 2 ** 53, -0, NaN];
        given.forEach((latest, at) => {
          tx.put("series", blank("series", { id: at + 1, run: at + 1, latest }));
        });
        const kept = tx.list("series", { prefix: [] }).map((row) => row.latest);
        assert.deepEqual(kept, [...given.slice(0, -2), 0, null]);
      }),
    );

    it(
      "refuses what a column cannot hold",
      inside((tx, rows) => {
        const refuses = (row: Partial<RowOf<"runs">>) =>
          assert.throws(() => rows.savepoint(() => tx.put("runs", run(1, row))));
        refuses({ name: null as unknown as string });
        refuses({ createdAt: Number.NaN });
        refuses({ createdAt: 1.5 });
        refuses({ createdAt: "soon" as unknown as number });
        assert.equal(tx.count("runs", { prefix: [] }), 0);
      }),
    );

    // INSERT OR REPLACE would drop the other row without a word.
    it(
      "refuses a second row with the values of a unique index, and keeps the first",
      inside((tx, rows) => {
        tx.put("runs", run(1, { id: "same" }));
        assert.throws(() => rows.savepoint(() => tx.put("runs", run(2, { id: "same" }))));
        assert.deepEqual(tx.pick("runs", ["row"], { prefix: [] }), [{ row: 1 }]);
        tx.put("runs", run(1, { id: "same", name: "renamed" }));
      }),
    );

    it(
      "gives rows and bytes that are the caller's own",
      inside((tx) => {
        const given = record(1, 1);
        tx.put("lost", given);
        given.data[0] = 99;
        const first = tx.get("lost", 1, 1);
        assert.ok(first);
        first.seq = 1234;
        first.data[0] = 98;
        assert.deepEqual(tx.get("lost", 1, 1), record(1, 1));
      }),
    );

    it(
      "deletes a row by key, and nothing when there is none",
      inside((tx) => {
        tx.put("runs", run(1));
        tx.delete("runs", 2);
        assert.equal(tx.count("runs", { index: "byExperiment", prefix: [0] }), 1);
        tx.delete("runs", 1);
        assert.equal(tx.count("runs", { index: "byExperiment", prefix: [0] }), 0);
      }),
    );

    it(
      "clears stretches of the key, in slices from their beginning",
      inside((tx) => {
        for (const table of ["parameters", "tags"] as const) {
          for (let name = 0; name < 10; name++) {
            if (table === "tags") tx.put("tags", { run: 1, name, value: "" });
            else tx.put("parameters", { run: 1, name, group: "", value: "" });
          }
          assert.equal(tx.clear(table, { prefix: [1], limit: 3 }), 3);
          assert.deepEqual(
            tx.pick(table, ["name"], { prefix: [1] }).map((row) => row.name),
            [3, 4, 5, 6, 7, 8, 9],
          );
          assert.equal(tx.clear(table, { prefix: [1], from: 8 }), 2);
          assert.equal(tx.clear(table, { prefix: [1], after: 3, to: 5 }), 1);
          assert.equal(tx.clear(table, { prefix: [2] }), 0);
          assert.equal(tx.clear(table, { prefix: [1] }), 4);
          assert.equal(tx.count(table, { index: "byName", prefix: [] }), 0);
        }
        for (let seq = 0; seq < 5; seq++) tx.put("lost", record(1, seq));
        assert.equal(tx.clear("lost", { prefix: [1], limit: 2 }), 2);
        assert.equal(tx.clear("lost", { prefix: [] }), 3);
      }),
    );

    it(
      "undoes a savepoint that throws and keeps its neighbours",
      inside((tx, rows) => {
        rows.savepoint(() => tx.put("runs", run(1)));
        assert.throws(
          () =>
            rows.savepoint(() => {
              tx.put("runs", run(2));
              tx.put("runs", run(1, { name: "changed" }));
              tx.clear("runs", { prefix: [] });
              tx.put("parameters", { run: 2, name: 1, group: "", value: "1" });
              throw new Error("refused");
            }),
          /refused/,
        );
        rows.savepoint(() => tx.put("runs", run(3)));
        rows.commit();
        rows.begin();
        assert.deepEqual(tx.list("runs", { prefix: [] }), [run(1), run(3)]);
        assert.equal(tx.count("parameters", { prefix: [] }), 0);
      }),
    );

    it(
      "sees a run as it was before what was undone, though it was read in between",
      inside((tx, rows) => {
        const find = () => tx.list("runs", { index: "byId", prefix: [run(1).id], limit: 1 })[0]?.name;
        const rename = (name: string) => {
          tx.put("runs", run(1, { name }));
          assert.deepEqual([find(), tx.get("runs", 1)?.name], [name, name]);
        };
        rename("first");
        const refused = () => {
          rename("refused");
          throw new Error("refused");
        };
        assert.throws(() => rows.savepoint(refused), /refused/);
        assert.deepEqual([find(), tx.get("runs", 1)?.name], ["first", "first"]);
        rows.commit();
        rows.begin();
        rename("lost");
        rows.rollback();
        rows.begin();
        assert.deepEqual([find(), tx.get("runs", 1)?.name], ["first", "first"]);
      }),
    );

    it(
      "undoes everything on rollback",
      inside((tx, rows) => {
        tx.put("runs", run(1));
        rows.commit();
        rows.begin();
        tx.put("runs", run(2));
        tx.delete("runs", 1);
        rows.rollback();
        rows.begin();
        assert.deepEqual(tx.list("runs", { prefix: [] }), [run(1)]);
      }),
    );
  });
}

/** A row with 0, "" and no bytes wherever nothing else is said, so that these tests survive new columns. */
export function blank<T extends TableName>(table: T, given: Partial<RowOf<T>>): RowOf<T> {
  const empty = { int: 0, real: 0, text: "", blob: new Uint8Array() };
  const columns = Object.entries(tables[table].columns) as [string, string][];
  const row = columns.map(([name, type]) => [name, type.endsWith("?") ? null : empty[type as keyof typeof empty]]);
  return { ...Object.fromEntries(row), ...given };
}

function run(row: number, given: Partial<RowOf<"runs">> = {}): RowOf<"runs"> {
  return blank("runs", { row, id: `id${row}`, ...given });
}

function record(run: number, seq: number): RowOf<"lost"> {
  return { run, seq, data: new Uint8Array([1, 2, seq]) };
}
