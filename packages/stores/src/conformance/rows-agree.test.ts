import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Value } from "@cairn/core";
import fc from "fast-check";
import { rounds, seed } from "../../../../tests/support/rounds.ts";
import { createMemoryRows } from "../memory/memory-rows.ts";
import type { Rows } from "../shared/rows.ts";
import { openDatabase } from "../sqlite/open-database.ts";
import { createSqliteRows } from "../sqlite/sqlite-rows.ts";
import { blank } from "./rows-suite.ts";

/** A small world, so that rows meet: every order and every kind of key, over five names and numbers. */
const number = fc.integer({ min: -2, max: 2 });
const text = fc.constantFrom("", "a", "a'", "！", "😀");
const bytes = fc.uint8Array({ maxLength: 3 });

const rowOf = {
  runs: fc.record({ row: number, id: text, experiment: number, name: text }),
  runLabels: fc.record({ run: number, label: text }),
  parameters: fc.record({ run: number, name: number, value: text }),
  experimentTags: fc.record({ experiment: number, key: text, value: text }),
  lost: fc.record({ run: number, seq: number, data: bytes }),
};
type Table = keyof typeof rowOf;

/** The columns of each walk, with the values that bounds on them take. */
const orders: Record<Table, { index?: string; columns: fc.Arbitrary<Value>[] }[]> = {
  runs: [
    { columns: [number] },
    { index: "byName", columns: [number, text, number] },
    { index: "byExperiment", columns: [number, number] },
  ],
  runLabels: [{ columns: [number, text] }, { index: "byLabel", columns: [text, number] }],
  parameters: [{ columns: [number, number] }, { index: "byName", columns: [number, number] }],
  experimentTags: [{ columns: [number, text] }],
  lost: [{ columns: [number, number] }],
};

const table = fc.constantFrom(...(Object.keys(rowOf) as Table[]));
const range = table.chain((name) =>
  fc.constantFrom(...orders[name]).chain(({ index, columns }) =>
    fc.nat({ max: columns.length }).chain((fixed) => {
      const bound = columns[fixed];
      const optional = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: undefined });
      return fc.record({
        name: fc.constant(name),
        index: fc.constant(index),
        prefix: fc.tuple(...columns.slice(0, fixed)),
        from: bound === undefined ? fc.constant(undefined) : optional(bound),
        after: bound === undefined ? fc.constant(undefined) : optional(bound),
        to: bound === undefined ? fc.constant(undefined) : optional(bound),
        reverse: fc.boolean(),
        limit: optional(fc.nat({ max: 4 })),
      });
    }),
  ),
);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: table.chain((name) => fc.record({ do: fc.constant("put"), name: fc.constant(name), row: rowOf[name] })),
  },
  {
    weight: 2,
    arbitrary: table.chain((name) =>
      fc.record({ do: fc.constant("delete"), name: fc.constant(name), row: rowOf[name] }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear"), range }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("list", "count"), range }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("commit", "rollback") }) },
);
const change = fc.record({ steps: fc.array(step, { maxLength: 8 }), isRefused: fc.boolean() });

describe("rows in memory and in SQLite", () => {
  it(`give the same answers to the same operations (seed ${seed})`, () => {
    const property = fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const database = openDatabase({ file: ":memory:" });
      try {
        const [memory, sqlite] = [createMemoryRows(), createSqliteRows(database)].map((rows) => play(rows, changes));
        assert.deepEqual(sqlite, memory);
      } finally {
        database.close();
      }
    });
    fc.assert(property, { seed, numRuns: rounds({ quick: 60, full: 2000 }) });
  });
});

/** Does the steps, each change in a savepoint, and notes every answer; at the end, all that is there. */
function play(rows: Rows, changes: readonly { steps: readonly unknown[]; isRefused: boolean }[]): unknown[] {
  const answers: unknown[] = [];
  rows.begin();
  for (const { steps, isRefused } of changes) {
    try {
      rows.savepoint(() => {
        for (const each of steps) answers.push(take(rows, each as Step));
        if (isRefused) throw new Error("refused");
      });
    } catch {
      answers.push("refused");
    }
    const last = steps.at(-1) as Step | undefined;
    if (last?.do === "commit" || last?.do === "rollback") {
      rows[last.do]();
      rows.begin();
    }
  }
  for (const name of Object.keys(rowOf) as Table[]) answers.push(rows.tx.list(name, { prefix: [] }));
  return answers;
}

interface Step {
  readonly do: "put" | "delete" | "clear" | "list" | "count" | "commit" | "rollback";
  readonly name: Table;
  readonly row: Record<string, Value>;
  readonly range: { readonly name: Table; readonly prefix: Value[]; readonly index?: never };
}

function take({ tx }: Rows, step: Step): unknown {
  switch (step.do) {
    case "put":
      return tx.put(step.name, blank(step.name, step.row));
    case "delete": {
      const key = { runs: ["row"], runLabels: ["run", "label"], parameters: ["run", "name"] } as Record<
        string,
        string[]
      >;
      const columns = key[step.name] ?? Object.keys(step.row).slice(0, 2);
      return tx.delete(step.name, ...columns.map((column) => step.row[column] ?? null));
    }
    case "clear":
      return tx.clear(step.range.name, withoutIndex(step.range));
    case "list":
      return tx.list(step.range.name, step.range);
    case "count":
      return tx.count(step.range.name, step.range);
    default:
      return undefined;
  }
}

/** A clear goes by the key: of an index's walk only a prefix that fits it is left. */
function withoutIndex(range: Step["range"]): { prefix: Value[]; limit?: number } {
  return range.index === undefined ? range : { prefix: [] };
}
