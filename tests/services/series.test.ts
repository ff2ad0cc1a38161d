import assert from "node:assert/strict";
import { MAX_BATCH_POINTS, type PointRow, type SeriesBuckets } from "@cairn/core";
import { freshRun, points, refuses, rowsOf } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

/** `count` points of one key: value = step unless said otherwise. */
function ramp(key: string, count: number, value = (step: number) => step): PointRow[] {
  return Array.from({ length: count }, (_, step) => ({ key, step, time: 1000 + step, value: value(step) }));
}

inEveryWorld("series", {
  "a sample is even over the steps, whatever order they were logged in": async ({ services }) => {
    const { runs, series } = services;
    const run = await freshRun(services);
    const rows = Array.from({ length: 9000 }, (_, step) => ({ key: "up", step, time: step, value: step / 2 }));
    // The same steps, logged from the last to the first, two of each.
    const down = Array.from({ length: 9000 }, (_, i) => {
      const step = 4499 - (i >> 1);
      return { key: "down", step, time: i, value: i, batch: i % 2 };
    });
    await runs.log(run.id, { points: points(rows) });
    await runs.log(run.id, { points: points(down) });
    const up = await series.history(run.id, "up", { sample: 4 });
    assert.deepEqual([[...up.steps], [...up.values], up.next], [[0, 2250, 4500, 8999], [0, 1125, 2250, 4499.5], null]);
    const back = await series.history(run.id, "down", { sample: 4, from: 1, to: 4498 });
    assert.deepEqual([...back.steps], [1, 1125, 2250, 4498]);
    assert.deepEqual([...back.times], [8996, 6749, 4498, 3]);
    assert.deepEqual([...back.values], [8996, 6749, 4498, 3]);
    assert.deepEqual([...(back.batches ?? [])], [0, 1, 0, 1]);
    assert.equal((await series.history(run.id, "up", { sample: 10_000 })).steps.length, 9000);
    assert.equal((await series.history(run.id, "up", { sample: 5, from: 20_000 })).steps.length, 0);
    await refuses("invalid", () => series.history(run.id, "up", { sample: 0 }));
    await refuses("invalid", () => series.history(run.id, "up", { sample: 10_001 }));
    await refuses("not_found", () => series.history(run.id, "none", { sample: 5 }));
  },

  "points come back bit for bit: NaN, infinities, the smallest and the largest, batches": async ({ services }) => {
    const { id } = await freshRun(services);
    const values = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      5e-324,
      Number.MAX_VALUE,
      0.1 + 0.2,
      -1,
    ];
    const rows = values.map((value, step) => ({
      key: "it's 😀/x",
      step,
      time: 1000 + step,
      value,
      batch: step % 2 ? step : null,
    }));
    assert.deepEqual(await services.runs.log(id, { points: points(rows) }), { added: values.length, repeated: false });
    const back = await rowsOf(services, id, "it's 😀/x");
    assert.deepEqual(
      back,
      rows.map(({ step, time, value, batch }) => ({ step, time, value, batch })),
    );
  },

  "the extremes of steps and times are kept, what is beyond is refused": async ({ services }) => {
    const { id } = await freshRun(services);
    const edge = Number.MAX_SAFE_INTEGER;
    const rows = [-edge, 0, edge].map((n) => ({ key: "k", step: n, time: n, value: n }));
    await services.runs.log(id, { points: points(rows) });
    assert.deepEqual(
      (await rowsOf(services, id, "k")).map(({ step, time }) => [step, time]),
      rows.map(({ step, time }) => [step, time]),
    );
    for (const bad of [edge + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const log = (row: object) =>
        services.runs.log(id, { points: points([{ key: "k", step: 1, time: 1, value: 1, ...row }]) });
      await refuses("invalid", () => log({ step: bad }), /step/);
      await refuses("invalid", () => log({ time: bad }), /time/);
    }
    assert.equal((await rowsOf(services, id, "k")).length, 3);
  },

  "equal points are one, and a marked retry of the whole call is applied once": async ({ services }) => {
    const { id } = await freshRun(services);
    const batch = () => points(ramp("loss", 3));
    assert.equal((await services.runs.log(id, { points: batch() })).added, 3);
    assert.equal((await services.runs.log(id, { points: batch() })).added, 0);
    const marked = (number: number, rows: PointRow[], tags = {}) =>
      services.runs.log(id, { points: points(rows), tags, writer: { id: "writer one", number } });
    const more = ramp("loss", 5);
    assert.deepEqual(await marked(1, more, { try: "1" }), { added: 2, repeated: false });
    assert.deepEqual(await marked(1, ramp("loss", 9), { try: "2" }), { added: 0, repeated: true });
    assert.deepEqual(await marked(2, ramp("acc", 1)), { added: 1, repeated: false });
    assert.equal((await rowsOf(services, id, "loss")).length, 5);
    assert.deepEqual((await services.runs.get(id)).tags, { try: "1" });
  },

  "a mark alone covers calls without points": async ({ services: { runs } }) => {
    const { id } = await runs.create();
    const writer = { id: "w", number: 1 };
    assert.equal((await runs.log(id, { tags: { a: "1" }, writer })).repeated, false);
    assert.equal((await runs.log(id, { tags: { a: "2" }, writer })).repeated, true);
    assert.deepEqual((await runs.get(id)).tags, { a: "1" });
  },

  "summaries tell the latest, best and count of each series, by phase": async ({ services }) => {
    const { id } = await freshRun(services);
    const values = [3, 1, Number.NaN, 5, Number.NEGATIVE_INFINITY];
    const rows = values.map((value, step) => ({ key: "train/loss", step, time: 1000 + step, value }));
    await services.runs.log(id, { points: points([...rows, { key: "acc", step: 0, time: 5, value: 1 }]) });
    const list = await services.series.list(id);
    assert.deepEqual(list.map(({ key }) => key).sort(), ["acc", "train/loss"]);
    const loss = list.find(({ key }) => key === "train/loss");
    assert.deepEqual([loss?.name, loss?.phase, loss?.count], ["loss", "train", 5]);
    assert.deepEqual([loss?.nan, loss?.negativeInfinity, loss?.positiveInfinity, loss?.sum], [1, 1, 0, 9]);
    assert.deepEqual(loss?.latest, { step: 4, time: 1004, value: Number.NEGATIVE_INFINITY, batch: null });
    assert.deepEqual(loss?.min, { step: 1, time: 1001, value: 1, batch: null });
    assert.deepEqual(loss?.max, { step: 3, time: 1003, value: 5, batch: null });
    assert.deepEqual((await services.runs.get(id)).metrics.map(({ key }) => key).sort(), ["acc", "train/loss"]);
  },

  "history is paged by cursor, in order, and bounded by steps": async ({ services: { runs, series } }) => {
    const { id } = await runs.create();
    await runs.log(id, { points: points(ramp("k", 25)) });
    const steps: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await series.history(id, "k", { limit: 10, cursor });
      assert.ok(page.steps.length <= 10);
      steps.push(...page.steps);
      if (page.next === null) break;
      cursor = page.next;
    }
    assert.deepEqual(steps, [...Array(25).keys()]);
    const some = await series.history(id, "k", { from: 5, to: 7 });
    assert.deepEqual([...some.steps], [5, 6, 7]);
    assert.deepEqual([...some.attempts], [1, 1, 1]);
    await refuses("invalid", () => series.history(id, "k", { limit: 0 }), /limit/);
    await refuses("invalid", () => series.history(id, "k", { cursor: "nonsense" }), /cursor/i);
    await refuses("not_found", () => series.history(id, "no such key"), /no such key/);
  },

  "a restarted job's earlier points are flagged, never dropped": async ({ services: { runs, series } }) => {
    const { id } = await runs.create();
    await runs.log(id, { points: points(ramp("k", 5)) });
    await runs.update(id, { state: "failed" });
    await runs.update(id, { state: "running" });
    const again = [3, 4, 5].map((step) => ({ key: "k", step, time: 9000 + step, value: -step }));
    await runs.log(id, { points: points(again) });
    const page = await series.history(id, "k");
    assert.deepEqual([...page.steps], [0, 1, 2, 3, 4, 3, 4, 5]);
    assert.deepEqual([...page.attempts], [1, 1, 1, 1, 1, 2, 2, 2]);
    assert.deepEqual([...page.superseded], [0, 0, 0, 1, 1, 0, 0, 0]);
  },

  "a chart shows every spike, and each point lies in exactly one row": async ({ services: { runs, series } }) => {
    const { id } = await runs.create();
    const count = 20_000;
    const value = (step: number) => (step === 12_345 ? 1e9 : step === 777 ? Number.NaN : Math.sin(step));
    await runs.log(id, { points: points(ramp("long", count, value)) });
    await runs.log(id, { points: points(ramp("short", 10)) });
    const [long, short, none] = await series.buckets(
      [
        { run: id, key: "long" },
        { run: id, key: "short" },
        { run: id, key: "none" },
      ],
      { buckets: 200 },
    );
    assert.ok(long !== undefined && short !== undefined && none !== undefined);
    assert.ok(long.counts.length >= 100 && long.counts.length <= 200, String(long.counts.length));
    assert.deepEqual([total(long), long.points, long.raw], [count, count, false]);
    assert.equal(Math.max(...long.maxs), 1e9);
    assert.equal(
      long.nans.reduce((sum, n) => sum + n, 0),
      1,
    );
    assert.deepEqual([short.raw, total(short), none.points, none.counts.length], [true, 10, 0, 0]);
    const [zoomed] = await series.buckets([{ run: id, key: "long" }], { from: 12_340, to: 12_350 });
    assert.deepEqual([zoomed?.raw, zoomed?.points], [true, 11]);
    const [byTime] = await series.buckets([{ run: id, key: "long" }], { axis: "time", from: 1000, to: 1009 });
    assert.equal(byTime?.points, 10);
    await refuses("invalid", () => series.buckets([{ run: id, key: "long" }], { buckets: 0 }), /buckets/);
    await refuses("not_found", () => series.buckets([{ run: "0".repeat(32), key: "long" }]));
  },

  "a series is cleared alone, and can be written anew": async ({ services }) => {
    const { id } = await freshRun(services);
    await services.runs.log(id, { points: points([...ramp("a", 3), ...ramp("b", 3)]) });
    assert.equal(await services.series.clear(id, "a"), true);
    assert.equal(await services.series.clear(id, "a"), false);
    assert.deepEqual(
      (await services.series.list(id)).map(({ key }) => key),
      ["b"],
    );
    assert.equal((await services.runs.log(id, { points: points(ramp("a", 2)) })).added, 2);
    assert.equal((await rowsOf(services, id, "a")).length, 2);
  },

  "one call holds 65 536 points and not one more": async ({ services }) => {
    const { id } = await freshRun(services);
    const log = (count: number) => services.runs.log(id, { points: points(ramp("k", count)) });
    await refuses("too_large", () => log(MAX_BATCH_POINTS + 1), /65536/);
    assert.deepEqual(await services.series.list(id), []);
    assert.equal((await log(MAX_BATCH_POINTS)).added, MAX_BATCH_POINTS);
    assert.equal((await services.series.list(id))[0]?.count, MAX_BATCH_POINTS);
  },

  "a thousand metrics in one call, each with its own summary": async ({ services }) => {
    const { id } = await freshRun(services);
    const rows = Array.from({ length: 1000 }, (_, i) => ({ key: `metric ${i}`, step: 0, time: 1, value: i }));
    assert.equal((await services.runs.log(id, { points: points(rows) })).added, 1000);
    const list = await services.series.list(id);
    assert.equal(list.length, 1000);
    assert.ok(list.every(({ key, latest }) => key === `metric ${latest?.value}`));
  },
});

function total({ counts }: SeriesBuckets): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
