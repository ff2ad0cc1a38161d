import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createKeyTexts } from "../scan/key-texts.ts";
import * as scanning from "../scan/scan-metrics.ts";
import { createScanner } from "../scan/scanner.ts";
import { isKey, MAX_BATCH, MAX_KEY } from "./checks.ts";
import { packMetrics } from "./pack-metrics.ts";

const readKeys = createKeyTexts(isKey);
const scanMetrics = (bytes: Buffer, start: number) => scanning.scanMetrics(bytes, start, readKeys);

/** NaN = not read. */
function scan(text: string): number {
  const scanned = scanMetrics(Buffer.from(`[{"key":"a","value":${text},"timestamp":1}]`), 1);
  return scanned === undefined ? Number.NaN : (scanned.points.values[0] as number);
}

const digits = (min: number, max: number) =>
  fc.array(fc.constantFrom(..."0123456789"), { minLength: min, maxLength: max }).map((list) => list.join(""));

describe("a number read from bytes", () => {
  // One wrong last bit would be a metric changed in silence, and equal points would no longer be equal.
  it("is bit for bit what JSON.parse makes of it: doubles as they are printed", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = JSON.stringify(value);
        assert.ok(Object.is(scan(text), JSON.parse(text)), text);
      }),
      { numRuns: 3000 },
    );
  });

  it("is so for numbers such as losses are, with 15 to 19 digits", () => {
    const text = fc
      .tuple(fc.boolean(), fc.nat({ max: 999 }), digits(12, 21))
      .map(([isNegative, whole, decimals]) => `${isNegative ? "-" : ""}${whole}.${decimals}`);
    fc.assert(
      fc.property(text, (number) => assert.ok(Object.is(scan(number), JSON.parse(number)), number)),
      { numRuns: 5000 },
    );
  });

  it("is so for any digits, decimals and exponents", () => {
    const whole = fc.oneof(
      fc.constant("0"),
      digits(1, 25).map((text) => text.replace(/^0+(?=.)/, "")),
    );
    const decimals = fc.oneof(
      fc.constant(""),
      digits(1, 30).map((text) => `.${text}`),
    );
    const exponent = fc.oneof(
      fc.constant(""),
      fc.tuple(fc.constantFrom("e", "E", "e+", "e-"), fc.nat({ max: 300 })).map(([e, n]) => e + n),
    );
    fc.assert(
      fc.property(whole, decimals, exponent, (a, b, c) => {
        const expected = JSON.parse(a + b + c) as number;
        assert.ok(Object.is(scan(a + b + c), Number.isFinite(expected) ? expected : Number.NaN), a + b + c);
      }),
      { numRuns: 5000 },
    );
  });

  // Where the decimals lie exactly or nearly between two doubles, one rounding too many goes the wrong way.
  it("is so in the middle between two doubles, and next to it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2 ** 51, max: 2 ** 53 - 2 }),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom("0", "4999", "5", "5001", "49", "51"),
        (mantissa, shift, tail) => {
          const text = `${(BigInt(mantissa) * 2n + 1n) / 2n}.${tail}`;
          assert.ok(Object.is(scan(text), JSON.parse(text)), text);
          const scaled = `${text.slice(0, -shift - tail.length - 1) || "0"}.${text.replace(".", "").slice(-shift - tail.length)}`;
          if (/^\d+\.\d+$/.test(scaled) && !/^0\d/.test(scaled))
            assert.ok(Object.is(scan(scaled), JSON.parse(scaled)), scaled);
        },
      ),
      { numRuns: 3000 },
    );
    for (const text of [
      "9007199254740993",
      "9007199254740992.5",
      "0.1",
      "0.30000000000000004",
      "1.7976931348623157e308",
      "5e-324",
      "-0",
      "-0.0",
      "0e5",
      "123456789012345678",
      "9999999999999999999",
      "0.0000000000000000000001",
    ]) {
      assert.ok(Object.is(scan(text), JSON.parse(text)), text);
    }
  });

  it("is NaN for what is no number in JSON, or none that is finite", () => {
    for (const text of [
      "",
      "-",
      "01",
      "-01",
      "1.",
      ".5",
      "1.e5",
      "1e",
      "1e+",
      "+1",
      "NaN",
      "Infinity",
      "1e999",
      "-1e999",
      '"1"',
      "null",
      "a",
    ]) {
      assert.ok(Number.isNaN(scan(text)), text);
    }
  });
});

const metric = fc.record(
  {
    key: fc.oneof(fc.constantFrom("a", "b", "train/loss", "val:acc"), fc.string({ minLength: 1, maxLength: 4 })),
    value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom("NaN", "1")),
    // Neighbours that are alike are not read twice: also one that only begins like the one before, or has a sign more.
    timestamp: fc.oneof(fc.constantFrom(1700, 17000, 170, 1701, 0), fc.maxSafeNat(), fc.integer()),
    step: fc.oneof(fc.constantFrom(1, 12, 123, 2, 0, -1), fc.nat(), fc.maxSafeInteger(), fc.constant(null)),
  },
  { requiredKeys: ["key", "value", "timestamp"] },
);
const usual = fc.record({
  key: fc.constantFrom("a", "b"),
  value: fc.constantFrom(1, 0.5, 12.25),
  timestamp: fc.constantFrom(1700, 17000),
  step: fc.constantFrom(1, 12),
});
/** As Python's json writes it, as JavaScript's does, and spread over lines. */
const print = fc.constantFrom(
  (value: unknown) => JSON.stringify(value),
  (value: unknown) => JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "').replaceAll("},{", "}, {"),
  (value: unknown) => JSON.stringify(value, null, 2),
);

function check(text: string): void {
  const scanned = scanMetrics(Buffer.from(`[${text}`), 1);
  if (scanned === undefined) return;
  const list = Buffer.from(`[${text}`).subarray(0, scanned.end).toString();
  assert.deepEqual(scanned.points, packMetrics(JSON.parse(list) as unknown[]), list);
}

// With a smaller bound here than there, batches that are allowed would be slow, and nothing else would tell.
it("the scanner has room for what the rules allow, and no more", () => {
  const { MOST_METRICS, LONGEST_KEY } = createScanner().code;
  assert.deepEqual([MOST_METRICS.value, LONGEST_KEY.value], [MAX_BATCH.metrics, MAX_KEY]);
});

describe("metrics scanned from bytes", () => {
  it("are what JSON.parse and packing make of them, if they are anything", () => {
    fc.assert(
      fc.property(fc.array(metric, { minLength: 1, maxLength: 20 }), print, (metrics, write) =>
        check(write(metrics).slice(1)),
      ),
      { numRuns: 1000 },
    );
  });

  it("are so too when any byte is changed, lost or doubled", () => {
    const edit = fc.tuple(
      // Evenly over the text: a double between 0 and 1 would nearly always be next to 0.
      fc.nat({ max: 9999 }),
      fc.nat({ max: 2 }),
      fc.constantFrom(...' "\\,:{}[]0.-eé\u0000'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(metric, { minLength: 1, maxLength: 3 }),
          // Nothing unusual but the edit: so all that is like the metric before is passed over.
          fc.array(usual, { minLength: 3, maxLength: 8 }),
        ),
        print,
        fc.array(edit, { minLength: 1, maxLength: 2 }),
        (metrics, write, edits) => {
          let text = write(metrics).slice(1);
          for (const [where, length, put] of edits) {
            const at = Math.floor((where * text.length) / 10_000);
            text = text.slice(0, at) + put + text.slice(at + length);
          }
          check(text);
        },
      ),
      { numRuns: 6000 },
    );
  });

  it("are read at all in the form that clients send", () => {
    const metrics = Array.from({ length: 1000 }, (_, index) => ({
      key: `m${index % 7}/x`,
      value: Math.sin(index),
      timestamp: 1_700_000_000_000 + index,
      step: index,
    }));
    for (const text of [
      JSON.stringify(metrics),
      JSON.stringify(metrics).replaceAll('":', '": ').replaceAll(",", ", "),
    ]) {
      const scanned = scanMetrics(Buffer.from(text), 1);
      assert.deepEqual(scanned?.points, packMetrics(metrics));
      assert.equal(scanned?.end, text.length);
    }
    assert.ok(scanMetrics(Buffer.from('[{"key":"a","value":1,"timestamp":2}]'), 1));
  });

  // Keys by hash: what fills a batch, or differs in one place only, may not crowd each other out; nor those of other batches.
  it("are read with a thousand keys, batch after batch, however the keys differ", () => {
    const names = [
      (index: number) => `m${index}`,
      (index: number) => `layers/${index}/attention/weights/grad_norm`,
      (index: number) => `${"x".repeat(240)}${index}`,
      (index: number) => "a".repeat(250 - (index % 250)),
      (index: number) => `group-${String(index).padStart(4, "0")}`,
      (index: number) => String.fromCharCode(...[0, 3, 6, 9].map((bits) => 97 + ((index >> bits) & 7))),
    ];
    for (const count of [1000, 17, 1000]) {
      for (const name of names) {
        const metrics = Array.from({ length: count }, (_, index) => ({
          key: name((index * 7) % count),
          value: index / 7,
          timestamp: 1_700_000_000_000,
          step: 3,
        }));
        const text = JSON.stringify(metrics);
        assert.deepEqual(scanMetrics(Buffer.from(text), 1), { points: packMetrics(metrics), end: text.length });
      }
    }
  });

  it("keep their columns when the next batch is read", () => {
    const text = (value: number) => Buffer.from(`[{"key":"a","value":${value},"timestamp":${value},"step":${value}}]`);
    const first = scanMetrics(text(1), 1);
    const kept = structuredClone(first);
    scanMetrics(text(2), 1);
    assert.deepEqual(first, kept);
  });

  // As on a processor without vectors: what is lost is speed.
  it("are left to JSON.parse where code cannot be compiled", () => {
    const script = `
      const { scanMetrics } = await import(${JSON.stringify(import.meta.resolve("../scan/scan-metrics.ts"))});
      delete WebAssembly.Module;
      console.log(scanMetrics(Buffer.from('[{"key":"a","value":1,"timestamp":2}]'), 1, () => ["a"]));`;
    const options = ["--input-type=module", "--eval", script];
    assert.equal(execFileSync(process.execPath, options, { encoding: "utf8" }), "undefined\n");
  });

  it("are left to JSON.parse when they are cut off, too many, or in another form", () => {
    const one = '{"key":"a","value":1,"timestamp":2,"step":3}';
    const whole = `[${one}]`;
    for (let length = 0; length < whole.length; length++) {
      assert.equal(scanMetrics(Buffer.from(whole.slice(0, length)), 1), undefined, whole.slice(0, length));
    }
    for (const list of [
      "[]",
      `[${Array(1001).fill(one).join(",")}]`,
      `[${one},]`,
      '[{"value":1,"key":"a","timestamp":2}]',
      '[{"key":"é","value":1,"timestamp":2}]',
      '[{"key":"\\u0061","value":1,"timestamp":2}]',
      '[{"key":"a","value":1,"timestamp":2,"step":3,"model_id":"m"}]',
      '[{"key":"a#","value":1,"timestamp":2}]',
      '[{"key":"","value":1,"timestamp":2}]',
      `[{"key":"${"k".repeat(251)}","value":1,"timestamp":2}]`,
      '[{"key":"a","value":1,"timestamp":2,"step":3.5}]',
      '[{"key":"a","value":1,"timestamp":2.5,"step":3}]',
      '[{"key":"a","value":1,"timestamp":-2,"step":3}]',
      '[{"key":"a","value":"1","timestamp":2,"step":3}]',
    ]) {
      assert.equal(scanMetrics(Buffer.from(list), 1), undefined, list.slice(0, 80));
      const behindOthers = list.replace("[", `[${one},${one},${one},`);
      assert.equal(scanMetrics(Buffer.from(behindOthers), 1), undefined, list.slice(0, 80));
    }
  });
});
