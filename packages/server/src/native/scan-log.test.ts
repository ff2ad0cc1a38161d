import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseLogBody } from "@cairn/contract";
import type { LogInput, SeriesBatch } from "@cairn/core";
import fc from "fast-check";
import { createScanner } from "../scan/scanner.ts";
import { scanLog } from "./scan-log.ts";

const NOW = 1_700_000_000_000;

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom("NaN", null),
);
const whole = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -0, 1, 1.5));
const columns = fc.integer({ min: 0, max: 4 }).chain((n) => {
  const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: n, maxLength: n });
  const lists = { steps: list(whole), values: list(number), times: list(whole) };
  return fc.oneof(
    fc.record(lists, { requiredKeys: ["steps", "values"] }),
    fc.record(lists, { requiredKeys: [] }),
    fc.record({ ...lists, batches: list(fc.nat()) }, { requiredKeys: ["values"] }),
  );
});
const usual = fc.integer({ min: 1, max: 4 }).chain((n) => {
  const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: n, maxLength: n });
  return fc.record({ steps: list(fc.nat()), times: list(fc.nat()), values: list(fc.constantFrom(1, 0.5, -12.25)) });
});
const key = fc.oneof(fc.constantFrom("a", "b", "7", " ", "train/loss"), fc.string({ minLength: 1, maxLength: 4 }));
const others = fc.record(
  {
    tags: fc.constantFrom<unknown>({ a: "b" }, {}, 1),
    writer: fc.constantFrom<unknown>({ id: "0123456789abcdef", number: 3 }, null),
    points: fc.constantFrom<unknown>([{ key: "a", value: 1 }], []),
    "": fc.constant(null),
  },
  { requiredKeys: [] },
);
const print = fc.constantFrom(
  (value: unknown) => JSON.stringify(value),
  (value: unknown) => JSON.stringify(value).replaceAll('":', '": ').replaceAll(",", ", "),
  (value: unknown) => JSON.stringify(value, null, 2),
);

/** The order of keys says nothing, and JSON.parse puts those that look like numbers first. */
function byKey(batch: SeriesBatch | undefined): unknown {
  let from = 0;
  const parts = batch?.keys.map((name, i) => {
    const to = from + (batch.counts[i] as number);
    const of = (column: Float64Array | null) => column && [...column.subarray(from, to)];
    const part = [name, of(batch.steps), of(batch.times), of(batch.values), of(batch.batches)] as const;
    from = to;
    return part;
  });
  return parts?.sort(([a], [b]) => (a < b ? -1 : 1));
}

const sorted = ({ points, ...rest }: LogInput) => ({ ...rest, points: byKey(points) });

function outcomeOf(read: () => LogInput | undefined): unknown {
  try {
    const input = read();
    return input && sorted(input);
  } catch (error) {
    return (error as Error).message;
  }
}

/** What a call answers must not depend on the road: what the fast one takes or refuses, the slow one does, in the same words. */
function check(text: string): void {
  const fast = outcomeOf(() => scanLog(Buffer.from(text), NOW));
  if (fast === undefined) return;
  assert.deepEqual(
    fast,
    outcomeOf(() => parseLogBody(JSON.parse(text), NOW)),
    JSON.stringify(text),
  );
}

describe("a log body scanned from its bytes", () => {
  it("is what JSON.parse and the checker make of it, if it is anything", () => {
    const body = fc.tuple(fc.dictionary(key, fc.oneof(columns, usual), { minKeys: 1, maxKeys: 5 }), others);
    fc.assert(
      fc.property(body, print, ([series, rest], write) => check(write({ series, ...rest }))),
      { numRuns: 3000 },
    );
  });

  it("is so too when any byte is changed, lost or doubled", () => {
    const put = fc.constantFrom(...' "\\,:{}[]0.-eést\u0000\t\n\v\f\u00a0');
    // Often at the very beginning, which is read by a rule of its own.
    const edit = fc.tuple(fc.oneof(fc.nat({ max: 9999 }), fc.nat({ max: 999 })), fc.nat({ max: 2 }), put);
    const body = fc.tuple(fc.dictionary(key, usual, { minKeys: 1, maxKeys: 3 }), others);
    fc.assert(
      fc.property(body, print, fc.array(edit, { minLength: 1, maxLength: 2 }), ([series, rest], write, edits) => {
        let text = write({ series, ...rest });
        for (const [where, length, put] of edits) {
          const at = Math.floor((where * text.length) / 10_000);
          text = text.slice(0, at) + put + text.slice(at + length);
        }
        check(text);
      }),
      { numRuns: 6000 },
    );
  });

  it("is read at all in the forms that clients write, with or without times, whatever is logged behind", () => {
    for (const write of [JSON.stringify, (value: unknown) => JSON.stringify(value, null, 1)]) {
      for (const times of [{}, { times: [5, 6] }]) {
        const text = write({
          series: { a: { ...times, values: [1, 2.5], steps: [1, 2] }, "b/c": { steps: [7], values: [-3] } },
          tags: { x: "é" },
        });
        const { points, tags } = scanLog(Buffer.from(text), NOW) as LogInput;
        assert.deepEqual(tags, { x: "é" });
        assert.deepEqual(points?.keys, ["a", "b/c"]);
        assert.deepEqual([...(points?.counts ?? [])], [2, 1]);
        assert.deepEqual([...(points?.steps ?? [])], [1, 2, 7]);
        assert.deepEqual([...(points?.times ?? [])], "times" in times ? [5, 6, NOW] : [NOW, NOW, NOW]);
        assert.deepEqual([...(points?.values ?? [])], [1, 2.5, -3]);
      }
    }
  });

  it("is left to JSON.parse when it is cut off, too much, or in another form", () => {
    const { MOST_METRICS, MOST_POINTS } = createScanner().code;
    const one = '{"steps":[1],"values":[2]}';
    const whole = `{"series":{"a":${one}}}`;
    for (let length = 0; length < whole.length; length++) {
      assert.equal(scanLog(Buffer.from(whole.slice(0, length)), NOW), undefined, whole.slice(0, length));
    }
    const parts = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":${one}`).join(",");
    const long = (count: number) => JSON.stringify(Array(count).fill(1));
    assert.ok(scanLog(Buffer.from(`{"series":{${parts(MOST_METRICS.value)}}}`), NOW));
    const most = long(MOST_POINTS.value);
    assert.ok(scanLog(Buffer.from(`{"series":{"a":{"steps":${most},"values":${most}}}}`), NOW));
    const more = long(MOST_POINTS.value + 1);
    // Leaves the length of a second key behind, which is that of the one that comes twice below.
    assert.ok(scanLog(Buffer.from(`{"series":{"a":${one},"b":${one}}}`), NOW));
    for (const text of [
      `{"series":{"a":${one},"a":${one}}}`,
      '{"series":{}}',
      `\f{"series":{"a":${one}}}`,
      `{\v"series":{"a":${one}}}`,
      `{"series"\u00a0:{"a":${one}}}`,
      `{"series":{${parts(MOST_METRICS.value + 1)}}}`,
      `{"series":{"a":{"steps":${more},"values":${more}}}}`,
      `{"series":{"a":${one}},"series":{"b":${one}}}`,
      `{"series":{"a":${one}},"\\u0073eries":null}`,
      `{"series":{"a":${one}},"points":[]}`,
      `{"tags":{},"series":{"a":${one}}}`,
      '{"series":{"a":{"steps":[1,2],"values":[2]}}}',
      '{"series":{"a":{"steps":[1],"values":[2],"values":[3]}}}',
      '{"series":{"a":{"steps":[1],"values":["NaN"]}}}',
      '{"series":{"a":{"steps":[1.5],"values":[2]}}}',
      '{"series":{"a":{"steps":[],"values":[]}}}',
      '{"series":{"é":{"steps":[1],"values":[2]}}}',
      '{"series":{" ":{"steps":[1],"values":[2]}}}',
    ]) {
      assert.equal(scanLog(Buffer.from(text), NOW), undefined, text.slice(0, 80));
    }
    // Told apart from a body whose tag holds the sign for unreadable bytes.
    const tagged = Buffer.from(`{"series":{"a":${one}},"tags":{"b":"?"}}`);
    tagged[tagged.indexOf("?")] = 0xff;
    assert.equal(scanLog(tagged, NOW), undefined);
  });
});
