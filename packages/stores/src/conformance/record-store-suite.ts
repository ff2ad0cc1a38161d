import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { isTrackerError, packPoints, parseQuery, type RecordStore, runSchema, type TrackerError } from "@cairn/core";
import { experiment, run, stamp, start } from "./world.ts";

/** How a store is opened on a folder of its own; `isDurable` = opening the folder again finds what was there. */
export interface StoreUnderTest {
  open(folder: string): Promise<RecordStore>;
  readonly isDurable: boolean;
}

/** What every record store must do. An adapter's test is this call, and what only it can do. */
export function recordStoreSuite(name: string, under: StoreUnderTest): void {
  function onStore(test: (store: RecordStore) => Promise<void>): () => Promise<void> {
    return () =>
      inFolder(async (folder) => {
        const store = await under.open(folder);
        try {
          await start(store);
          await test(store);
        } finally {
          await store.close();
        }
      });
  }

  describe(`record store of ${name}`, () => {
    it(
      "shows a write to every read that starts after its answer, the long ones too",
      onStore(async (store) => {
        await store.write("runs.create", run(1), stamp);
        for (let step = 0; step < 20; step++) {
          const points = packPoints([{ key: "loss", step, time: step, value: step / 2 }]);
          await store.write("runs.log", { id: run(1).id, points }, stamp);
          const [info] = await store.read("series.list", { id: run(1).id });
          assert.equal(info?.count, step + 1);
          assert.deepEqual(info?.latest, { step, time: step, value: step / 2, batch: null });
          const history = await store.read("series.history", { id: run(1).id, key: "loss", after: null, limit: 100 });
          assert.equal(history.values.length, step + 1);
        }
      }),
    );

    it(
      "finds runs by what was written a moment ago",
      onStore(async (store) => {
        const find = async (query: string) => {
          const search = { experiments: null, lifecycle: "active", order: [], limit: 10, cursor: null } as const;
          const page = await store.read("runs.search", { ...search, filter: parseQuery(query, runSchema) });
          return page.items.map((item) => Number.parseInt(item.id, 16));
        };
        assert.deepEqual(await find("name = 'run 1'"), []);
        for (const number of [1, 2]) {
          await store.write("runs.create", run(number), stamp);
          assert.deepEqual(await find(`name = 'run ${number}'`), [number]);
        }
        const { id } = run(1);
        for (let step = 0; step < 5; step++) {
          const points = packPoints([{ key: "loss", step, time: step, value: 10 - step }]);
          await store.write("runs.log", { id, points, tags: { step: `${step}` } }, stamp);
          assert.deepEqual(await find(`metrics.loss = ${10 - step} AND tags.step = '${step}'`), [1]);
          assert.deepEqual(await find(`metrics.loss > ${10 - step}`), []);
        }
        await store.write("runs.update", { id, name: "renamed", strict: false }, stamp);
        assert.deepEqual(await find("name = 'run 1' OR name = 'run 2'"), [2]);
        await store.write("runs.delete", { id }, stamp);
        assert.deepEqual(await find("name = 'renamed'"), []);
      }),
    );

    it(
      // A large change may be handed to the writer sooner than a small one.
      "applies changes of one turn in the order of their writing, small and large ones alike",
      onStore(async (store) => {
        const { id } = run(1);
        await store.write("runs.create", run(1), stamp);
        const many = Array.from({ length: 3000 }, (_, step) => ({ key: "loss", step, time: step, value: step }));
        const sizes = [0, 3000, 0, 0, 1000, 0, 3000, 3000];
        const written = sizes.map((size, at) =>
          store.write("runs.log", { id, points: packPoints(many.slice(0, size)), tags: { last: `${at}` } }, stamp),
        );
        const answers = await Promise.all(written);
        assert.deepEqual(
          answers.map(({ added }) => added),
          [0, 3000, 0, 0, 0, 0, 0, 0],
        );
        assert.deepEqual((await store.read("runs.get", { id })).tags, { last: "7" });
      }),
    );

    it(
      "spares the neighbours of a refused change, whatever it had put before",
      onStore(async (store) => {
        await store.write("runs.create", run(1, { parameters: [{ key: "lr", value: 1 }] }), stamp);
        const points = packPoints([{ key: "loss", step: 1, time: 1, value: 1 }]);
        const answers = await Promise.allSettled([
          store.write("experiments.create", experiment("a"), stamp),
          store.write("experiments.create", experiment("a"), stamp),
          store.write(
            "runs.log",
            { id: run(1).id, points, tags: { a: "1" }, parameters: [{ key: "lr", value: 2 }] },
            stamp,
          ),
          store.write("runs.log", { id: run(1).id, tags: { b: "2" } }, stamp),
          store.write("runs.log", { id: run(9).id, tags: { b: "2" } }, stamp),
          store.write("experiments.create", experiment("b"), stamp),
        ]);
        assert.deepEqual(
          answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "done")),
          ["done", "conflict", "conflict", "done", "not_found", "done"],
        );
        assert.deepEqual((await store.read("runs.get", { id: run(1).id })).tags, { b: "2" });
        assert.deepEqual(await store.read("series.list", { id: run(1).id }), []);
      }),
    );

    it(
      "answers changes of one turn in their order, each seeing those before it",
      onStore(async (store) => {
        const names = Array.from({ length: 50 }, (_, at) => `e${at}`);
        const made = await Promise.all(names.map((each) => store.write("experiments.create", experiment(each), stamp)));
        const first = made[0]?.id ?? 0;
        assert.deepEqual(
          made.map((each) => each.id - first),
          names.map((_, at) => at),
        );
      }),
    );

    it(
      "carries a refusal with its code, its words and its details",
      onStore(async (store) => {
        const refusal = await store.write("runs.log", { id: run(5).id }, stamp).catch((error: unknown) => error);
        assert.ok(isTrackerError(refusal));
        assert.equal(refusal.code, "not_found");
        assert.match(refusal.message, new RegExp(run(5).id));
        assert.deepEqual(refusal.details, { run: run(5).id });
        await assert.rejects(store.read("runs.get", { id: run(5).id }), { code: "not_found" });
      }),
    );

    it(
      "refuses a change that is no plain data, alone",
      onStore(async (store) => {
        const broken = { ...experiment("a"), tags: { code: () => 1 } as unknown as Record<string, string> };
        const answers = await Promise.allSettled([
          store.write("experiments.create", experiment("b"), stamp),
          store.write("experiments.create", broken, stamp),
          store.write("experiments.create", experiment("c"), stamp),
        ]);
        assert.deepEqual(
          answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "done")),
          ["done", "internal", "done"],
        );
        assert.deepEqual((await store.status()).queued, { changes: 0, bytes: 0 });
      }),
    );

    it(
      "publishes a hint once, when the commit is durable, before the answer",
      onStore(async (store) => {
        await store.write("runs.create", run(1), stamp);
        const before = store.events.last;
        const heard: string[] = [];
        const stop = store.events.subscribe((event) => heard.push(`${event.seq - before} ${event.kind} ${event.id}`));
        const log = (step: number) =>
          store.write(
            "runs.log",
            { id: run(1).id, points: packPoints([{ key: "k", step, time: 0, value: 0 }]) },
            stamp,
          );
        const refused = store.write("runs.log", { id: run(2).id, tags: {} }, stamp).catch(() => {});
        await Promise.all([log(1), log(2), refused]);
        assert.deepEqual(heard, [`1 series.appended ${run(1).id}`]);
        assert.deepEqual(store.events.since(before), [
          { seq: before + 1, kind: "series.appended", id: run(1).id, experiment: 0 },
        ]);
        stop();
        await log(3);
        assert.equal(heard.length, 1);
      }),
    );

    it(
      "keeps odd texts and odd numbers as they are",
      onStore(async (store) => {
        const odd = "O'Brien \"; DROP TABLE runs;-- 😀 \u{10ffff} ％ \\ \n\t ‮ naïve";
        const long = "ü".repeat(65_536);
        await store.write("runs.create", run(1, { name: odd, tags: { [odd]: long, "😀": "" } }), stamp);
        const got = await store.read("runs.get", { id: run(1).id });
        assert.equal(got.name, odd);
        assert.deepEqual(got.tags, { [odd]: long, "😀": "" });
        const values = [Number.NaN, Infinity, -Infinity, 5e-324, 0.1, 1e300];
        const points = packPoints(values.map((value, step) => ({ key: odd, step, time: 2 ** 53 - 1 - step, value })));
        await store.write("runs.log", { id: run(1).id, points }, stamp);
        const history = await store.read("series.history", { id: run(1).id, key: odd, after: null, limit: 10 });
        assert.deepEqual([...history.values], values.toReversed());
        assert.equal(history.times[0], 2 ** 53 - 6);
      }),
    );

    it(
      "finds nothing to complain about in a sound record",
      onStore(async (store) => {
        await fill(store);
        const findings: unknown[] = [];
        for await (const finding of store.check()) findings.push(finding);
        assert.deepEqual(findings, []);
      }),
    );

    it(
      "tells what it holds",
      onStore(async (store) => {
        await fill(store);
        const status = await store.status();
        assert.deepEqual(status.queued, { changes: 0, bytes: 0 });
        assert.ok(status.journal.points >= 0 && status.tails.bytes >= 0 && status.bytes >= 0);
      }),
    );

    it("applies what it took before it closes, and refuses what comes after", async () => {
      await inFolder(async (folder) => {
        const store = await under.open(folder);
        await start(store);
        const taken = store.write("runs.create", run(1), stamp);
        const closed = store.close();
        assert.equal((await taken).id, run(1).id);
        await closed;
        await store.close();
        const refusal = (error: TrackerError) => error.code === "unavailable";
        await assert.rejects(store.write("runs.create", run(2), stamp), refusal);
        await assert.rejects(store.read("runs.get", { id: run(1).id }), refusal);
      });
    });

    if (under.isDurable) {
      it("finds everything again after it was closed", async () => {
        await inFolder(async (folder) => {
          const store = await under.open(folder);
          const before = await start(store)
            .then(() => fill(store))
            .then(() => readAll(store))
            .finally(() => store.close());
          const again = await under.open(folder);
          try {
            assert.deepEqual(await readAll(again), before);
            // Numbers of what was deleted do not come back, and the engine goes on where it stood.
            await again.write("runs.create", run(4), stamp);
            const points = packPoints([{ key: "loss", step: 5, time: 0, value: 5 }]);
            await again.write("runs.log", { id: run(1).id, points }, stamp);
            assert.equal((await again.read("series.list", { id: run(1).id }))[0]?.count, 101);
          } finally {
            await again.close();
          }
        });
      });
    }
  });
}

async function fill(store: RecordStore): Promise<void> {
  for (const number of [1, 2]) {
    await store.write("runs.create", run(number, { labels: ["nightly"], tags: { a: "b" } }), stamp);
    const points = packPoints(
      Array.from({ length: 100 }, (_, step) => ({ key: "loss", step: step * 2, time: step, value: Math.sin(step) })),
    );
    await store.write("runs.log", { id: run(number).id, points, parameters: [{ key: "lr", value: 0.1 }] }, stamp);
  }
  await store.write("runs.note", { id: run(1).id, text: "looks good" }, stamp);
  await store.write("runs.create", run(3), stamp);
  await store.write("runs.delete", { id: run(3).id }, stamp);
  await store.write("runs.purge", { id: run(3).id }, stamp);
}

async function readAll(store: RecordStore): Promise<unknown> {
  const of = async (number: number) => [
    await store.read("runs.get", { id: run(number).id }),
    await store.read("runs.notes", { id: run(number).id }),
    await store.read("series.history", { id: run(number).id, key: "loss", after: null, limit: 1000 }),
  ];
  return [await of(1), await of(2), await store.read("projects.list", {})];
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "cairn-store-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
