import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isTrackerError,
  type LogInput,
  MAX_BATCH_POINTS,
  packPoints,
  type SeriesBatch,
  type TrackerError,
} from "@cairn/core";
import fc from "fast-check";
import { decodeLogColumns, encodeLogColumns } from "./batch-columns.ts";
import { encodeBatchJson, parseLogBody } from "./log-body.ts";
import { isPlainKey, logBody } from "./log-shapes.ts";
import { decodeNumber, type WireNumber } from "./numbers.ts";

const NOW = 1_700_000_000_000;

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom("NaN", "Infinity", "-Infinity"),
);
const whole = fc.maxSafeInteger();
const key = fc
  .oneof(
    fc.constantFrom("loss", "train/loss", "constructor", "a'b", "😀"),
    fc.string({ minLength: 1, maxLength: 20, unit: "binary" }),
  )
  .filter((text) => isPlainKey(text) && text !== "__proto__");
const row = fc.record(
  { key, value: number, step: whole, time: whole, batch: fc.option(whole) },
  { requiredKeys: ["key", "value"] },
);
const columns = fc.integer({ min: 0, max: 5 }).chain((n) => {
  const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: n, maxLength: n });
  return fc.record(
    { steps: list(whole), values: list(number), times: list(whole), batches: list(fc.option(whole)) },
    { requiredKeys: ["steps", "values"] },
  );
});
const body = fc.record(
  { points: fc.array(row, { maxLength: 30 }), series: fc.dictionary(key, columns, { maxKeys: 4 }) },
  { requiredKeys: [] },
);

/** What a client, or an enemy, may put in any place. */
const hostile = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    {},
    [],
    "",
    "nan",
    "1",
    1.5,
    -0,
    1e300,
    2 ** 53,
    "\0",
    "\ud800",
    " ",
    "a".repeat(1025),
    [[]],
    { key: "a" },
  ],
);

test("the hand-written checker takes and refuses exactly what the schema does", () => {
  const poisoned = fc.tuple(body, fc.nat(), hostile).map(([good, at, poison]) => poisonOne(good, at, poison));
  fc.assert(
    fc.property(fc.oneof(body, poisoned, hostile), (value) => {
      const input = JSON.parse(JSON.stringify(value)) as unknown;
      const bySchema = logBody().safeParse(input);
      const byHand = attempt(() => parseLogBody(input, NOW));
      assert.equal(byHand instanceof Error, !bySchema.success, JSON.stringify([input, byHand, bySchema.error?.issues]));
      if (byHand instanceof Error) assert.equal(byHand.code, "invalid");
      else assert.deepEqual(sorted(byHand.points), sorted(slowly(input as Body)));
    }),
    { numRuns: 2000 },
  );
});

test("a batch survives the JSON and the binary wire bit for bit", () => {
  fc.assert(
    fc.property(body, (value) => {
      const { points } = parseLogBody(JSON.parse(JSON.stringify(value)), NOW);
      if (points === undefined) return;
      const marked: LogInput & { points: SeriesBatch } = { points, writer: { id: "w", number: 7 }, tags: { a: "b" } };
      assert.deepEqual(decodeLogColumns(encodeLogColumns(marked)), marked);
      const series = JSON.parse(JSON.stringify(encodeBatchJson(points)));
      assert.deepEqual(parseLogBody({ series }, NOW).points, points);
    }),
  );
});

// `__proto__` is an ordinary name for a metric, but a schema's record drops it without a word.
test("a metric may be named __proto__; a tag of that name is refused, not lost", () => {
  const body = '{"points": [{"key": "__proto__", "value": 1}], "series": {"__proto__": {"steps": [2], "values": [2]}}}';
  assert.deepEqual(parseLogBody(JSON.parse(body), NOW).points?.keys, ["__proto__"]);
  const error = attempt(() => parseLogBody(JSON.parse('{"tags": {"__proto__": "x"}}'), NOW));
  assert.ok(error instanceof Error && error.code === "invalid");
});

test("points of one key come together, in the order given, and a missing time is the server's", () => {
  const rows = [
    { key: "a", value: 1 },
    { key: "b", value: "NaN", step: 2, batch: 3 },
    { key: "a", value: 2, step: 1, time: 5 },
  ];
  const { points } = parseLogBody({ points: rows, series: { a: { steps: [9], values: [9] } } }, NOW);
  assert.deepEqual(points, {
    keys: ["a", "b"],
    counts: Uint32Array.of(3, 1),
    steps: Float64Array.of(0, 1, 9, 2),
    times: Float64Array.of(NOW, 5, NOW, NOW),
    values: Float64Array.of(1, 2, 9, Number.NaN),
    batches: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 3),
  });
});

const refusals: readonly [unknown, string][] = [
  [
    { points: [{ key: "a", value: "high" }] },
    'points[0].value must be a number, or "NaN", "Infinity" or "-Infinity", not "high".',
  ],
  [{ points: [{ key: "a" }] }, 'points[0].value must be a number, or "NaN", "Infinity" or "-Infinity", not nothing.'],
  [
    JSON.parse('{ "points": [{ "key": "a", "value": 1e999 }] }'),
    'points[0].value must be a number, or "NaN", "Infinity" or "-Infinity", not a number too large for a double.',
  ],
  [{ points: [{ key: "a", value: 1, step: 1.5 }] }, "points[0].step must be a whole number within ±(2^53-1), not 1.5."],
  [{ points: [{ key: "a", value: 1, vlaue: 2 }] }, "points[0].vlaue is not a field of a point, not 2."],
  [
    { series: { a: { steps: [1, 2], values: [1] } } },
    'series["a"]: 2 steps for 1 values; columns must be of one length.',
  ],
  [
    { series: { a: { steps: [1], values: [null] } } },
    'series["a"].values[0] must be a number, or "NaN", "Infinity" or "-Infinity", not null.',
  ],
  [{ tags: { a: 1 } }, "'tags.a' must be a text, not 1."],
  [{ writer: { id: "w", number: 0 } }, "'writer.number' must be at least 1, not 0."],
  [{ metrics: [] }, "Unknown field 'metrics'; check the spelling."],
  [[], "The body must be a JSON object, not []."],
];

for (const [input, message] of refusals) {
  test(`refused: ${message}`, () => {
    const error = attempt(() => parseLogBody(input, NOW));
    assert.ok(error instanceof Error);
    assert.equal(error.message, message);
  });
}

test("one point too many is too_large and names the limit", () => {
  const points = Array.from({ length: MAX_BATCH_POINTS + 1 }, () => ({ key: "a", value: 1 }));
  const error = attempt(() => parseLogBody({ points }, NOW));
  assert.ok(error instanceof Error);
  assert.equal(error.code, "too_large");
  assert.match(error.message, /65536/);
});

interface Body {
  readonly points?: readonly { key: string; value: WireNumber; step?: number; time?: number; batch?: number | null }[];
  readonly series?: Readonly<
    Record<string, { steps: number[]; values: WireNumber[]; times?: number[]; batches?: (number | null)[] }>
  >;
}

/** The same by core's plain row packer. */
function slowly({ points, series }: Body): SeriesBatch | undefined {
  if (points === undefined && series === undefined) return undefined;
  const rows = (points ?? []).map(({ key, value, step = 0, time = NOW, batch = null }) => ({
    ...{ key, step, time, batch },
    value: decodeNumber(value),
  }));
  for (const [key, { steps, values, times, batches }] of Object.entries(series ?? {})) {
    for (const [i, value] of values.entries()) {
      rows.push({
        key,
        step: steps[i] ?? 0,
        time: times?.[i] ?? NOW,
        value: decodeNumber(value),
        batch: batches?.[i] ?? null,
      });
    }
  }
  return packPoints(rows);
}

/** The order of the parts is nobody's promise. */
function sorted(batch: SeriesBatch | undefined): unknown {
  if (batch === undefined) return undefined;
  let from = 0;
  const parts = batch.keys.map((key, i) => {
    const to = from + (batch.counts[i] ?? 0);
    const part = [batch.steps, batch.times, batch.values, batch.batches].map((column) => column?.slice(from, to));
    from = to;
    return [key, part] as const;
  });
  return parts.sort(([a], [b]) => (a < b ? -1 : 1));
}

function attempt<T>(act: () => T): T | TrackerError {
  try {
    return act();
  } catch (error) {
    if (isTrackerError(error)) return error;
    throw error;
  }
}

/** Replaces the `at`th place of a body, counted over all of them. */
function poisonOne(value: unknown, at: number, poison: unknown): unknown {
  const text = JSON.stringify(value);
  let places = 0;
  JSON.parse(text, (_, inner) => {
    places++;
    return inner as unknown;
  });
  let left = at % places;
  return JSON.parse(text, (_, inner) => (left-- === 0 ? poison : (inner as unknown)));
}
