import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Rows, rowCount } from "./rows.ts";
import { createSeriesStore, type SeriesQuestion, type SeriesView } from "./series-store.ts";
import { rowsOf, type TestPoint } from "./testing.ts";

const VIEW: SeriesView = { axis: "step", buckets: 100 };
const A = { run: "a", key: "loss" };
const appended = (run: string) => ({ kind: "series.appended", id: run, experiment: 1 }) as const;

/** A store over points in memory, whose clock goes when it is told to. */
function world(points: Record<string, TestPoint[]> = { a: [{ step: 1, value: 1 }] }) {
  const questions: SeriesQuestion[] = [];
  const waiting: { at: number; work: () => void }[] = [];
  let time = 0;
  let broken: Error | undefined;
  const store = createSeriesStore({
    ask: async (question): Promise<readonly Rows[]> => {
      questions.push(question);
      if (broken !== undefined) throw broken;
      return question.series.map(({ run, from = question.from ?? 0 }) =>
        rowsOf((points[run] ?? []).filter(({ step }) => step >= from && step <= (question.to ?? 1e9))),
      );
    },
    later: (ms, work) => waiting.push({ at: time + ms, work }),
    now: () => time,
  });
  const pass = async (ms: number) => {
    const until = time + ms;
    for (;;) {
      await new Promise((done) => setImmediate(done));
      const [next] = waiting.filter(({ at }) => at <= until).sort((x, y) => x.at - y.at);
      if (next === undefined) break;
      waiting.splice(waiting.indexOf(next), 1);
      time = Math.max(time, next.at);
      next.work();
    }
    time = until;
  };
  const breakWith = (error: Error | undefined) => {
    broken = error;
  };
  return { store, questions, points, pass, breakWith };
}

describe("the series that charts show", () => {
  it("are asked for together", async () => {
    const { store, questions, pass } = world();
    for (let i = 0; i < 50; i++) store.watch({ run: "a", key: `m${i}` }, VIEW, () => {});
    await pass(50);
    assert.equal(questions.length, 1);
    assert.equal(questions[0]?.series.length, 50);
  });

  it("are not asked for once nobody looks at them any more", async () => {
    const { store, questions, pass } = world();
    store.watch(A, VIEW, () => {})();
    await pass(50);
    assert.equal(questions.length, 0);
  });

  it("are read once for several watchers, and kept for the next", async () => {
    const { store, questions, pass } = world();
    let heard = 0;
    const stops = [1, 2].map(() => store.watch(A, VIEW, () => heard++));
    await pass(50);
    for (const stop of stops) stop();
    store.watch(A, VIEW, () => {});
    await pass(50);
    assert.equal(questions.length, 1);
    assert.equal(heard, 2);
    assert.equal(rowCount(store.read(A, VIEW).rows ?? rowsOf([])), 1);
  });

  it("are followed by their new points alone", async () => {
    const { store, questions, points, pass } = world();
    store.watch(A, VIEW, () => {});
    await pass(50);
    points["a"]?.push({ step: 2, value: 2 }, { step: 3, value: 3 });
    store.hear(appended("a"));
    await pass(2000);
    assert.deepEqual(
      questions.map(({ series }) => series[0]?.from),
      [undefined, 1],
    );
    assert.deepEqual([...(store.read(A, VIEW).rows?.sums ?? [])], [1, 2, 3]);
  });

  /** A chart that is zoomed or resized watches anew before it lets go; its listener is the same function. */
  it("are still followed when a watcher begins anew before it ends", async () => {
    const { store, questions, pass } = world();
    const listener = () => {};
    const stop = store.watch(A, VIEW, listener);
    store.watch(A, VIEW, listener);
    stop();
    stop();
    await pass(50);
    assert.equal(questions.length, 1);
    store.hear(appended("a"));
    await pass(2000);
    assert.equal(questions.length, 2);
  });

  it("of other runs, or that nobody looks at, are left alone by a hint", async () => {
    const { store, questions, pass } = world();
    const stop = store.watch(A, VIEW, () => {});
    await pass(50);
    store.hear(appended("b"));
    stop();
    store.hear(appended("a"));
    await pass(5000);
    assert.equal(questions.length, 1);
    store.watch(A, VIEW, () => {});
    await pass(50);
    assert.equal(questions.length, 2, "what it missed is read when it is looked at again");
  });

  it("are asked for at most twice a second, however many hints come", async () => {
    const { store, questions, pass } = world();
    store.watch(A, VIEW, () => {});
    await pass(50);
    for (let i = 0; i < 100; i++) {
      store.hear(appended("a"));
      await pass(20);
    }
    assert.ok(questions.length <= 6, String(questions.length));
  });

  it("stay few rows however long they are followed", async () => {
    const { store, points, pass } = world();
    store.watch(A, VIEW, () => {});
    await pass(50);
    for (let step = 2; step < 2000; step += 90) {
      for (let i = 0; i < 90; i++) points["a"]?.push({ step: step + i, value: i });
      store.hear(appended("a"));
      await pass(600);
      assert.ok(rowCount(store.read(A, VIEW).rows ?? rowsOf([])) <= 1.5 * VIEW.buckets);
    }
    assert.equal(store.read(A, VIEW).rows?.points, points["a"]?.length);
  });

  it("are read anew when a later attempt began", async () => {
    const { store, questions, points, pass } = world({
      a: [
        { step: 1, value: 1 },
        { step: 9, value: 9 },
      ],
    });
    store.watch(A, VIEW, () => {});
    await pass(50);
    points["a"]?.push({ step: 5, value: 5, attempt: 1 }, { step: 9, value: 90, attempt: 1 });
    store.hear(appended("a"));
    await pass(3000);
    assert.deepEqual([...(store.read(A, VIEW).rows?.sums ?? [])], [1, 9, 5, 90]);
    assert.equal(questions.at(-1)?.series[0]?.from, undefined);
  });

  it("tell what went wrong, and are asked for again when somebody says so", async () => {
    const { store, pass, breakWith } = world();
    let heard = 0;
    store.watch(A, VIEW, () => heard++);
    breakWith(new Error("no server"));
    await pass(50);
    assert.match(String(store.read(A, VIEW).error), /no server/);
    breakWith(undefined);
    store.retry();
    await pass(1000);
    assert.equal(store.read(A, VIEW).error, undefined);
    assert.equal(heard, 2);
  });

  it("are let go, the longest unseen first, when they become too many", async () => {
    const long = Array.from({ length: 5000 }, (_, step) => ({ step, value: 1 }));
    const { store, pass } = world({ a: long });
    const view = { ...VIEW, buckets: 10_000 };
    for (let i = 0; i < 40; i++) {
      const stop = store.watch({ run: "a", key: `m${i}` }, view, () => {});
      await pass(50);
      stop();
    }
    assert.equal(store.read({ run: "a", key: "m0" }, view).rows, undefined);
    assert.ok(store.read({ run: "a", key: "m39" }, view).rows !== undefined);
  });
});
