import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createScanSearcher,
  type Expression,
  keyKinds,
  type Lifecycle,
  parseField,
  parseOrder,
  parseQuery,
  type RunSearch,
  type RunSearcher,
} from "@cairn/core";
import fc from "fast-check";
import { createColumnSearcher } from "./column-searcher.ts";
import { createSearchWorld, type SearchWorld } from "./testing.ts";

const texts = ["a", "B", "0.1", "1e3", "nan", "true", "False", "～", "😀", "it's", "a%", ""];
const numbers = [0, -1, 0.1, 2, 1000, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const text = fc.constantFrom(...texts);
const number = fc.constantFrom(...numbers);
const finite = fc.option(fc.constantFrom(0, -1, 0.1, 2, 1000));
const ended = fc.option(fc.constantFrom(0, 2, 1000));
const key = fc.constantFrom("x", "y");
const run = fc.integer({ min: 1, max: 6 });

/** What may happen to the record between searches. A run number beyond the last one creates the next run. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("run" as const), run, fc.constantFrom(0, 1, 2), text, ended) },
  fc.tuple(fc.constant("deleteRun" as const), run, fc.boolean()),
  fc.tuple(fc.constant("purge" as const), run),
  fc.tuple(fc.constant("experiment" as const), fc.constantFrom(0, 1, 2), fc.option(fc.boolean())),
  fc.tuple(fc.constant("parameter" as const), run, key, fc.oneof(text, number, fc.boolean(), fc.constant(null))),
  fc.tuple(fc.constant("tag" as const), run, key, fc.option(text)),
  fc.tuple(fc.constant("label" as const), run, text, fc.boolean()),
  fc.tuple(fc.constant("input" as const), run, text, fc.option(text)),
  { weight: 3, arbitrary: fc.tuple(fc.constant("append" as const), run, key, number, finite, finite) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("seal" as const), run) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Puts what the step says; a step on a run that is not there does nothing. */
function apply(world: SearchWorld, last: { row: number }, [kind, number, ...rest]: Step): void {
  const { tx } = world;
  const row = tx.get("runs", number);
  const [a, b, c, d] = rest as unknown as [never, never, never, never];
  if (kind === "experiment") {
    if (a === null) tx.delete("experiments", number);
    else world.putExperiment(number, a ? 5 : null);
  } else if (kind === "run") {
    const fields = { name: b, state: b, startedAt: 0, endedAt: c, starred: Number(c === 2) };
    if (row !== undefined) tx.put("runs", { ...row, ...fields, experiment: a });
    else if (number > last.row) world.putRun(++last.row, a, fields);
  } else if (row === undefined) return;
  else if (kind === "deleteRun") tx.put("runs", { ...row, deletedAt: a ? 5 : null });
  else if (kind === "purge") tx.delete("runs", number);
  else if (kind === "parameter") world.putParameter(number, a, b);
  else if (kind === "tag" && b !== null) world.putTag(number, a, b);
  else if (kind === "tag") for (const tag of tx.list("tags", { prefix: [number] })) tx.delete("tags", number, tag.name);
  else if (kind === "label" && b) tx.put("runLabels", { run: number, label: a });
  else if (kind === "label") tx.delete("runLabels", number, a);
  else if (kind === "input") world.putInput(number, a, b);
  else if (kind === "append") world.append(number, a, { latest: b, min: c, max: d });
  else if (kind === "seal") for (let sealed = number; sealed > 0; sealed--) world.seal(sealed);
}

const atom = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        "params.x",
        "params.y",
        "tags.x",
        "name",
        "state",
        "label",
        "ANY label",
        "dataset.name",
        "dataset.context",
        "id",
      ),
      fc.constantFrom("=", "!=", "<", ">=", "LIKE", "NOT LIKE", "ILIKE", "IN", "NOT IN", "IS"),
      fc.array(text, { minLength: 1, maxLength: 2 }),
    )
    .map(([field, operator, values]) => {
      const quoted = values.map((value) => `'${value.replaceAll("'", "''")}'`);
      if (operator === "IS") return `${field} IS NULL`;
      return `${field} ${operator} ${operator.endsWith("IN") ? `(${quoted.join()})` : quoted[0]}`;
    }),
  fc
    .tuple(
      fc.constantFrom(
        "params.x",
        "tags.x",
        "metrics.x",
        "metrics.y.min",
        "metrics.x.max",
        "created",
        "duration",
        "experiment",
      ),
      fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN", "IS NOT"),
      number,
    )
    .map(([field, operator, value]) => {
      if (operator === "IS NOT") return `${field} IS NOT NULL`;
      return `${field} ${operator} ${operator.endsWith("IN") ? `(${value}, 2)` : value}`;
    }),
  fc.constantFrom("starred = true", "starred != true", "params.x = true", "tags.x != false", "params.nowhere IS NULL"),
);
const filter: fc.Arbitrary<string> = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    atom,
    tie("filter").map((inner) => `NOT (${inner})`),
    fc.tuple(tie("filter"), fc.constantFrom("AND", "OR"), tie("filter")).map(([a, word, b]) => `(${a}) ${word} (${b})`),
  ),
})).filter;
const orderField = fc.constantFrom(
  "params.x",
  "params.x AS TEXT",
  "tags.y",
  "metrics.x",
  "metrics.y.max",
  "name",
  "starred",
  "duration",
  "error",
);
const order = fc
  .uniqueArray(fc.tuple(orderField, fc.constantFrom("ASC", "DESC")), {
    maxLength: 3,
    selector: ([field]) => field.split(" ")[0],
  })
  .map((parts) => parts.map((part) => part.join(" ")).join(", "));
const groupField = fc.constantFrom(
  "params.x",
  "tags.y",
  "label",
  "dataset.name",
  "dataset.context",
  "metrics.x",
  "starred",
  "name",
  "duration",
  "params.nowhere",
);
const search = fc.record({
  experiments: fc.option(fc.array(fc.constantFrom(0, 1, 2, 3), { maxLength: 2 })),
  lifecycle: fc.constantFrom<Lifecycle[]>("active", "active", "deleted", "all"),
  filter: fc.option(filter).map((query) => (query === null ? null : parseQuery(query))),
  order: order.map((query) => parseOrder(query)),
  limit: fc.integer({ min: 1, max: 5 }),
  count: fc.boolean(),
  by: groupField.map((text) => parseField(text)),
});

function readPages(searcher: RunSearcher, asked: Omit<RunSearch, "cursor">): unknown[] {
  const pages: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: ReturnType<RunSearcher["search"]> = searcher.search({ ...asked, cursor });
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null && pages.length < 50);
  return pages;
}

/** The windows of the order, one row apart. */
function readWindows(searcher: RunSearcher, asked: Omit<RunSearch, "cursor">): unknown[] {
  return [0, 1, 2, 3, 7].map((offset) => searcher.search({ ...asked, cursor: null, offset }));
}

test("columns give the pages that the judge gives, whatever happened between two searches", () => {
  const rounds = fc.array(
    fc.tuple(fc.array(step, { maxLength: 20 }), fc.array(search, { minLength: 1, maxLength: 4 })),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(rounds, fc.constantFrom(1, 2 ** 28), fc.constantFrom(0, 2, 1000), (rounds, maxBytes, near) => {
      const world = createSearchWorld();
      try {
        const { tx, series } = world;
        world.commit(() => {
          for (const id of [0, 1, 2]) world.putExperiment(id);
          for (let row = 1; row <= 4; row++) world.putRun(row, row % 3);
        });
        const last = { row: 4 };
        const scan = createScanSearcher({ tx, series });
        const columns = createColumnSearcher({ tx, series, changedSince: world.changedSince, maxBytes, near });
        for (const [steps, searches] of rounds) {
          for (const happening of steps) world.commit(() => apply(world, last, happening));
          for (const asked of searches) {
            assert.deepEqual(readPages(columns, asked), readPages(scan, asked));
            assert.deepEqual(readWindows(columns, asked), readWindows(scan, asked));
            assert.deepEqual(columns.keys(asked, keyKinds), scan.keys(asked, keyKinds));
            const metrics = ["x", "y"];
            const groups = columns.groups(asked, asked.by, metrics);
            assert.deepEqual(groups, scan.groups(asked, asked.by, metrics));
            for (const { value, runs } of groups.groups) {
              const own: Expression =
                value === null
                  ? { op: "null", field: asked.by, negated: false }
                  : { op: "compare", field: asked.by, comparison: "=", value };
              const filter: Expression = asked.filter === null ? own : { op: "and", terms: [asked.filter, own] };
              assert.equal(scan.search({ ...asked, filter, cursor: null, count: true }).total, runs);
            }
          }
        }
      } finally {
        world.close();
      }
    }),
    { numRuns: 300 },
  );
});

/** Enough runs for several blocks and a changed-list that overflows. */
function fill(world: SearchWorld, from: number, to: number): void {
  world.commit(() => {
    for (let row = from; row <= to; row++) {
      world.putRun(row, row % 2, { starred: row % 3 === 0 ? 1 : 0 });
      world.putParameter(row, "lr", (row % 7) / 10);
    }
  });
}

test("many runs, over several blocks and through a flood of changes, page like the judge's", () => {
  const world = createSearchWorld();
  try {
    const { tx, series } = world;
    world.commit(() => {
      for (const id of [0, 1]) world.putExperiment(id);
    });
    fill(world, 1, 9000);
    const scan = createScanSearcher({ tx, series });
    const columns = createColumnSearcher({ tx, series, changedSince: world.changedSince });
    const asked: Omit<RunSearch, "cursor"> = {
      experiments: [1],
      lifecycle: "active",
      filter: parseQuery("starred = true AND params.lr > 0.3 OR params.lr = 0.1"),
      order: [],
      limit: 800,
    };
    const check = () => {
      const orders = [
        "params.lr DESC, starred",
        "starred, params.lr",
        "duration, starred DESC",
        "name",
        "starred, name",
        "",
      ];
      for (const order of orders) {
        const ordered = { ...asked, order: parseOrder(order) };
        assert.deepEqual(readPages(columns, ordered), readPages(scan, ordered), order);
        assert.deepEqual(columns.keys(asked, keyKinds), scan.keys(asked, keyKinds));
        const window = { ...ordered, cursor: null, offset: 1234, count: true };
        for (let round = 0; round < 2; round++) assert.deepEqual(columns.search(window), scan.search(window), order);
      }
      // An order against the runs' age: a heap would keep nearly every run for a while.
      const adverse = { ...asked, filter: null, limit: 20, order: parseOrder("created, params.lr"), count: true };
      const first = columns.search({ ...adverse, cursor: null });
      assert.deepEqual(first, scan.search({ ...adverse, cursor: null }));
      const second = { ...adverse, cursor: first.next };
      assert.deepEqual(columns.search(second), scan.search(second));
      world.commit(() => world.putTag(15, "team", "moved"));
      assert.deepEqual(columns.search(second), scan.search(second));
    };
    check();
    fill(world, 8000, 16_000);
    check();
    world.commit(() => {
      for (let row = 1; row <= 12_000; row++) tx.delete("runs", row);
    });
    check();
  } finally {
    world.close();
  }
});

test("a change log that does not reach back, or a snapshot from before, makes columns anew", () => {
  const world = createSearchWorld();
  try {
    const { tx, series } = world;
    world.commit(() => world.putExperiment(0));
    world.commit(() => world.putRun(1, 0, { name: "old" }));
    let answer = world.changedSince;
    const columns = createColumnSearcher({ tx, series, changedSince: (seq) => answer(seq) });
    const asked: RunSearch = {
      experiments: null,
      lifecycle: "all",
      filter: parseQuery("name = 'new'"),
      order: [],
      limit: 9,
      cursor: null,
    };
    assert.deepEqual(columns.search(asked).rows, []);
    world.commit(() => world.putRun(1, 0, { name: "new" }));
    answer = () => ({ seq: 100, runs: "all" });
    assert.deepEqual(columns.search(asked).rows, [1]);
    world.commit(() => world.putRun(1, 0, { name: "old" }));
    answer = () => ({ seq: 2, runs: [] });
    assert.deepEqual(columns.search(asked).rows, []);
  } finally {
    world.close();
  }
});

test("a run's metric is current while it is hot, when another of its rows changes, and after sealing, NaN too", () => {
  const world = createSearchWorld();
  try {
    const { tx, series } = world;
    world.commit(() => {
      world.putExperiment(0);
      world.putRun(1, 0);
      world.append(1, "x", { latest: 1, min: 1, max: 1 });
      world.seal(1);
    });
    const columns = createColumnSearcher({ tx, series, changedSince: world.changedSince });
    const finds = (query: string) => {
      const filter = parseQuery(query);
      return (
        columns.search({ experiments: null, lifecycle: "all", filter, order: [], limit: 9, cursor: null }).rows
          .length === 1
      );
    };
    assert.ok(finds("metrics.x = 1"));
    world.commit(() => world.append(1, "x", { latest: Number.NaN, min: 1, max: 1 }));
    assert.ok(finds("metrics.x = NaN AND metrics.x.max = 1"));
    world.commit(() => world.putTag(1, "team", "a"));
    assert.ok(finds("metrics.x = NaN AND tags.team = 'a'"));
    world.commit(() => world.seal(1));
    assert.ok(finds("metrics.x = NaN AND metrics.x IS NOT NULL"));
    world.commit(() => world.append(1, "x", { latest: 7, min: 1, max: 7 }));
    assert.ok(finds("metrics.x = 7 AND metrics.x.max = 7"));
    world.commit(() => world.seal(1));
    assert.ok(finds("metrics.x = 7"));
    world.commit(() => world.append(1, "y", { latest: 3, min: null, max: null }));
    assert.ok(finds("metrics.x = 7 AND metrics.y = 3 AND metrics.y.min IS NULL"));
  } finally {
    world.close();
  }
});
