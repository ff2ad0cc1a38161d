import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { summarize } from "../codec/summary.ts";
import type { SeriesBuckets, SeriesInfo } from "../series.ts";
import {
  batchOf,
  columnsOf,
  createTestEngine,
  distinctPoints,
  readAll,
  type TestEngine,
  type TestPoint,
} from "./testing.ts";

/** Small enough that a few dozen points meet every rule; chunks have 4096 points whatever the limits. */
const limits = {
  seriesPoints: 60,
  runPoints: 100,
  sealPoints: 150,
  runBytes: 3000,
  workPoints: 50,
  recordPoints: 40,
  bundlePoints: 20,
  fanIn: 3,
  largeFanIn: 5,
  largePart: 8,
  depth: 2,
  tailBytes: 4000,
};

type Step =
  | {
      readonly do: "append";
      readonly run: number;
      readonly parts: Record<string, TestPoint[]>;
      readonly refuse: boolean;
      readonly fail: boolean;
    }
  | { readonly do: "again"; readonly back: number }
  | {
      readonly do: "burst";
      readonly run: number;
      readonly key: string;
      readonly start: number;
      readonly count: number;
      readonly stride: number;
      readonly backwards: boolean;
    }
  | { readonly do: "seal"; readonly times: number; readonly late: boolean; readonly fail: boolean }
  | { readonly do: "attempt"; readonly run: number }
  | { readonly do: "ended"; readonly run: number }
  | { readonly do: "clear"; readonly run: number; readonly key: string }
  | { readonly do: "restart" }
  | { readonly do: "check"; readonly limit: number; readonly buckets: number };

const run = fc.integer({ min: 1, max: 2 });
const key = fc.constantFrom("a", "train/b", "c");
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(-0, 0.1, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const point = fc.tuple(
  fc.integer({ min: 0, max: 8 }),
  fc.integer({ min: 0, max: 60 }),
  value,
  fc.constantFrom(undefined, undefined, undefined, 0, 5),
) as fc.Arbitrary<TestPoint>;
const parts = fc.dictionary(key, fc.array(point, { maxLength: 12 }), { maxKeys: 3, noNullPrototype: true });
const rarely = fc.nat({ max: 9 }).map((n) => n === 0);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant("append" as const), run, parts, refuse: rarely, fail: rarely }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("again" as const), back: fc.nat({ max: 5 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("burst" as const),
      run,
      key,
      start: fc.integer({ min: 0, max: 12_000 }),
      count: fc.integer({ min: 1000, max: 9000 }),
      stride: fc.integer({ min: 1, max: 3 }),
      backwards: rarely,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("seal" as const),
      times: fc.integer({ min: 1, max: 6 }),
      late: fc.boolean(),
      fail: rarely,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("attempt" as const), run }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("ended" as const), run }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const), run, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("check" as const),
      limit: fc.integer({ min: 1, max: 5000 }),
      buckets: fc.integer({ min: 1, max: 300 }),
    }),
  },
);

/** What must be there: for each "run key" the points acknowledged, in the order of arrival. */
type Truth = Map<string, TestPoint[]>;

function keep(truth: Truth, run: number, parts: Record<string, readonly TestPoint[]>): number {
  let added = 0;
  for (const [key, points] of Object.entries(parts)) {
    const name = `${run} ${key}`;
    const old = truth.get(name) ?? [];
    const all = distinctPoints([...old, ...points]);
    added += all.length - old.length;
    if (all.length > 0) truth.set(name, all);
  }
  return added;
}

const round = (x: number) => Number(x.toPrecision(9));

function checkInfo(info: SeriesInfo, points: readonly TestPoint[]): void {
  const s = summarize(columnsOf(points));
  const { count, latest, min, max, nan, positiveInfinity, negativeInfinity } = info;
  assert.deepEqual(
    { count, latest, min, max, nan, positiveInfinity, negativeInfinity },
    {
      count: s.count,
      latest: s.latest,
      min: s.min,
      max: s.max,
      nan: s.nan,
      positiveInfinity: s.posInf,
      negativeInfinity: s.negInf,
    },
  );
  assert.equal(round(info.sum), round(s.sum));
}

/** The promise: every point in range in exactly one row, min, max and counts exact, no more rows than asked for and at least half. */
export function checkBuckets(
  chart: SeriesBuckets,
  points: readonly TestPoint[],
  axis: "step" | "time",
  most: number,
): void {
  const n = chart.counts.length;
  assert.equal(chart.points, points.length);
  assert.ok(n <= most, `${n} rows for ${most}`);
  if (points.length <= most) assert.ok(chart.raw && n === points.length);
  else assert.ok(n * 2 >= most, `${n} rows for ${most} of ${points.length} points`);
  const total = (column: ArrayLike<number>) => Array.from(column).reduce((a, b) => a + b, 0);
  const s = summarize(columnsOf(points));
  assert.equal(total(chart.counts), points.length);
  assert.deepEqual(
    [total(chart.nans), total(chart.positiveInfinities), total(chart.negativeInfinities)],
    [s.nan, s.posInf, s.negInf],
  );
  const finite = (column: Float64Array) => [...column].filter((x) => !Number.isNaN(x));
  assert.equal(Math.min(...finite(chart.mins)), s.min?.value ?? Number.POSITIVE_INFINITY);
  assert.equal(Math.max(...finite(chart.maxs)), s.max?.value ?? Number.NEGATIVE_INFINITY);
  assert.equal(round(total(chart.sums)), round(s.sum));
  for (let i = 0; i < n; i++) {
    const inside = points.filter(
      ([step, time]) =>
        step >= (chart.minSteps[i] as number) &&
        step <= (chart.maxSteps[i] as number) &&
        time >= (chart.minTimes[i] as number) &&
        time <= (chart.maxTimes[i] as number),
    );
    assert.ok(inside.length >= (chart.counts[i] as number), "a row counts points that are not there");
    if (inside.length > (chart.counts[i] as number)) continue;
    const own = summarize(columnsOf(inside));
    assert.deepEqual([chart.mins[i], chart.maxs[i]], [own.min?.value ?? Number.NaN, own.max?.value ?? Number.NaN]);
    assert.deepEqual(
      [chart.nans[i], chart.positiveInfinities[i], chart.negativeInfinities[i]],
      [own.nan, own.posInf, own.negInf],
    );
  }
  const starts = axis === "step" ? chart.minSteps : chart.minTimes;
  for (let i = 1; i < n; i++) {
    const before = chart.attempts[i - 1] as number;
    assert.ok(
      before < (chart.attempts[i] as number) ||
        (before === chart.attempts[i] && (starts[i - 1] as number) <= (starts[i] as number)),
    );
  }
}

function check(engine: TestEngine, truth: Truth, limit: number, buckets: number): void {
  const reader = engine.reader();
  for (const run of [1, 2]) {
    const infos = reader.list(run);
    assert.deepEqual(
      infos.map((info) => info.key),
      ["a", "c", "train/b"].filter((key) => truth.has(`${run} ${key}`)),
    );
    for (const info of infos) {
      const points = truth.get(`${run} ${info.key}`) as TestPoint[];
      checkInfo(info, points);
      assert.deepEqual(readAll(reader, run, info.key, limit), points);
      const inSteps = reader.history(run, info.key, { after: null, limit: 20_000, steps: { from: 2, to: 4000 } });
      assert.deepEqual(
        [...inSteps.times],
        points.filter(([step]) => step >= 2 && step <= 4000).map((p) => p[1]),
      );
      for (const axis of ["step", "time"] as const) {
        const [whole] = reader.buckets([{ run, key: info.key }], { axis, buckets });
        checkBuckets(whole as SeriesBuckets, points, axis, buckets);
        const [from, to] = [limit % 50, limit + buckets];
        const [part] = reader.buckets([{ run, key: info.key }], { axis, buckets, from, to });
        const inside = points.filter(
          ([step, time]) => (axis === "step" ? step : time) >= from && (axis === "step" ? step : time) <= to,
        );
        checkBuckets(part as SeriesBuckets, inside, axis, buckets);
      }
    }
  }
}

function play(steps: readonly Step[]): void {
  const engine = createTestEngine(limits);
  const truth: Truth = new Map();
  const sent: { run: number; parts: Record<string, TestPoint[]> }[] = [];
  const attempts = [0, 0, 0];
  let now = 0;
  const append = (run: number, parts: Record<string, TestPoint[]>) => {
    const before = [...truth.values()].reduce((n, points) => n + points.length, 0);
    const { added } = engine.append(run, parts);
    const own = keep(truth, run, parts);
    assert.equal(added, own);
    assert.ok(before >= 0);
  };
  for (const s of steps) {
    if (s.do === "append") {
      const request = (writer: TestEngine["writer"]) => {
        writer.append(s.run, batchOf(s.parts), null);
        return s.refuse ? "refuse" : "";
      };
      if (s.fail) engine.fail(request);
      else if (s.refuse) engine.commit(request);
      else {
        append(s.run, s.parts);
        sent.push(s);
      }
    } else if (s.do === "again") {
      const old = sent.at(-1 - s.back);
      if (old !== undefined) append(old.run, old.parts);
    } else if (s.do === "burst") {
      const points = Array.from(
        { length: s.count },
        (_, i): TestPoint => [s.start + i, s.start + i * s.stride, i % 7 === 0 ? i : i / 3],
      );
      append(s.run, { [s.key]: s.backwards ? points.reverse() : points });
    } else if (s.do === "seal") {
      now += s.late ? 70_000 : 1;
      if (s.fail) failSeal(engine, now);
      else engine.seal(s.times, now);
    } else if (s.do === "attempt") {
      const attempt = ++(attempts as [number, number, number])[s.run as 1];
      engine.commit((writer) => writer.openAttempt(s.run, attempt));
    } else if (s.do === "ended") engine.commit((writer) => writer.ended(s.run));
    else if (s.do === "clear") {
      engine.commit((writer) => assert.equal(writer.clear(s.run, s.key), truth.delete(`${s.run} ${s.key}`)));
    } else if (s.do === "restart") engine.restart();
    else check(engine, truth, s.limit, s.buckets);
  }
  check(engine, truth, 777, 100);
  engine.seal(1000, now + 1);
  engine.seal(1000, now + 100_000);
  assert.equal(engine.writer.memory.journalPoints, 0);
  assert.equal(engine.tx.count("journal", { prefix: [] }), 0);
  check(engine, truth, 333, 10);
  engine.restart();
  check(engine, truth, 5000, 1000);
}

/** A seal whose commit fails: its rows are rolled back, and the engine must not believe that it was done. */
function failSeal({ tx, writer }: TestEngine, now: number): void {
  const mark = tx.savepoint();
  writer.begin();
  writer.sealNext(now);
  writer.flush();
  tx.rollback(mark);
  writer.discarded();
}

test("whatever order, batches, seals, merges, restarts and failures: the points, summaries and charts of a plain set", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => play(steps)),
    { numRuns: Number(process.env["CAIRN_RUNS"] ?? 40) },
  );
});
