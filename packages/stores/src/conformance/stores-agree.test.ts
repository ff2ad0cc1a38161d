import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  isTrackerError,
  keyKinds,
  packPoints,
  parseField,
  parseOrder,
  type RecordStore,
  type SeriesHistory,
} from "@cairn/core";
import fc from "fast-check";
import { rounds, seed } from "../../../../tests/support/rounds.ts";
import { memoryStore } from "../memory/memory-store.ts";
import { sqliteStore } from "../sqlite/sqlite-store.ts";
import { experiment, run, start } from "./world.ts";

const RUNS = 3;
const KEYS = ["a", "b/é", "😀"];

/** Their sums are exact in any order: a store may add by parts, and 0.1 + 1.5 + 0.1 has a last bit that tells how. */
const values = [0, -0, 1.5, -3, 0.125, Number.NaN, Infinity, -Infinity, 2 ** 1000];

const point = fc.record({
  key: fc.constantFrom(...KEYS),
  step: fc.integer({ min: -2, max: 4 }),
  time: fc.integer({ min: 0, max: 3 }),
  value: fc.constantFrom(...values),
  batch: fc.constantFrom(null, null, 0, 7),
});

/** A change of one of the case's runs: everything but the run's id, which the case fills in. */
const change = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        kind: fc.constant("runs.log"),
        run: fc.nat({ max: RUNS }),
        points: fc.array(point, { maxLength: 12 }),
        tags: fc.dictionary(fc.constantFrom("t", "u"), fc.constantFrom("", "x", "O'Brien")),
        parameters: fc.array(fc.record({ key: fc.constantFrom("lr", "net"), value: fc.constantFrom(1, "1", null) }), {
          maxLength: 2,
        }),
        writer: fc.record({ id: fc.constantFrom("w", "v"), number: fc.integer({ min: 1, max: 5 }) }),
      },
      { requiredKeys: ["kind", "run"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("runs.update"),
      run: fc.nat({ max: RUNS }),
      state: fc.constantFrom("running", "finished", "failed"),
      strict: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("series.clear"),
      run: fc.nat({ max: RUNS }),
      key: fc.constantFrom(...KEYS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("runs.delete", "runs.restore", "runs.purge"),
      run: fc.nat({ max: RUNS }),
    }),
  },
);
/** Changes of one inner array are sent in one turn, so they share a commit. */
const groups = fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
type Group = { readonly kind: string; readonly run: number; readonly points?: never[] }[];

describe("the memory store and the SQLite store", () => {
  let folder = "";
  let stores: RecordStore[] = [];
  let cases = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "cairn-agree-"));
    stores = [memoryStore(), await sqliteStore({ folder })];
    for (const store of stores) await start(store);
  });

  after(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it(`answer the same changes and the same questions alike (seed ${seed})`, async () => {
    const property = fc.asyncProperty(groups, async (given) => {
      cases += 1;
      const [memory, sqlite] = await Promise.all(
        stores.map((store) => play(store, cases, given as unknown as Group[])),
      );
      assert.deepEqual(sqlite, memory);
    });
    await fc.assert(property, { seed, numRuns: rounds({ quick: 60, full: 1000 }) });
    for (const store of stores) assert.deepEqual(await Array.fromAsync(store.check()), []);
  });
});

/** Sends the groups one after the other to runs of an experiment of the case's own, and notes every answer. */
async function play(store: RecordStore, number: number, given: readonly Group[]): Promise<unknown[]> {
  let at = 1_700_000_000_000;
  const stamp = () => ({ at: ++at, author: "" });
  const made = await store.write("experiments.create", experiment(`case ${number}`), stamp());
  const idOf = (index: number) => run(number * 10 + index).id;
  for (let index = 0; index < RUNS; index++) {
    await store.write("runs.create", run(number * 10 + index, { experiment: made.id }), stamp());
  }
  const answers: unknown[] = [];
  for (const group of given) {
    const sent = group.map(({ kind, run: index, points, ...input }) => {
      const packed = points === undefined ? {} : { points: packPoints(points) };
      return answerOf(store.write(kind as "runs.delete", { ...input, ...packed, id: idOf(index) }, stamp()));
    });
    answers.push(...(await Promise.all(sent)));
  }
  for (let index = 0; index < RUNS; index++) {
    const id = idOf(index);
    answers.push(await answerOf(store.read("runs.get", { id })));
    for (const key of KEYS) answers.push(await answerOf(readHistory(store, id, key)));
  }
  for (const order of ["metrics.a desc", "params.lr, metrics.a.min"]) {
    const search = { experiments: [made.id], lifecycle: "all", filter: null, limit: 2, cursor: null } as const;
    answers.push(await answerOf(store.read("runs.search", { ...search, order: parseOrder(order) })));
  }
  const choice = { experiments: [made.id], lifecycle: "all", filter: null } as const;
  const window = { ...choice, order: parseOrder("params.lr desc"), limit: 2, cursor: null, offset: 1, count: true };
  answers.push(await answerOf(store.read("runs.search", window)));
  const columns = { ...choice, kinds: keyKinds, contains: "", limit: 10 };
  answers.push(await answerOf(store.read("runs.columns", columns)));
  for (const by of ["tags.t", "params.lr", "state"]) {
    const groups = { ...choice, by: parseField(by), metrics: ["a"], order: "runs", limit: 10, offset: 0 } as const;
    answers.push(await answerOf(store.read("runs.groups", groups)));
  }
  return answers;
}

/** Whether a column of batches without any is null or all NaN depends on what is sealed already. */
async function readHistory(store: RecordStore, id: string, key: string): Promise<SeriesHistory> {
  const history = await store.read("series.history", { id, key, after: null, limit: 1000 });
  return history.batches?.every(Number.isNaN) ? { ...history, batches: null } : history;
}

async function answerOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await answer };
  } catch (error) {
    if (!isTrackerError(error) || error.code === "internal") throw error;
    return { code: error.code, message: error.message, details: error.details };
  }
}
