import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyOption, complete, type KnownField } from "./complete.ts";

const fields: readonly KnownField[] = [
  { text: "name", kind: "attribute", type: "text" },
  { text: "state", kind: "attribute", type: "text", values: ["finished", "failed", "o'clock"] },
  { text: "starred", kind: "attribute", type: "boolean" },
  { text: "metrics.loss", kind: "metric", type: "number" },
  { text: 'metrics."val loss"', kind: "metric", type: "number" },
  { text: "params.lr", kind: "parameter", type: "any", values: ["0.1"] },
  { text: "label", kind: "label", type: "text", values: ["good"] },
];
const at = (text: string) => {
  const caret = text.indexOf("|");
  const plain = text.replace("|", "");
  const found = complete(plain, caret, fields);
  return { ...found, plain, texts: found.options.map((option) => option.text) };
};

test("a field is offered where one must stand, those that begin so first", () => {
  assert.equal(at("|").texts[0], "name");
  assert.deepEqual(at("lo|").texts, ["metrics.loss", 'metrics."val loss"']);
  assert.deepEqual(at("metrics.l|").texts, ["metrics.loss"]);
  assert.deepEqual(at("state = 'failed' AND par|").texts, ["params.lr"]);
  assert.deepEqual(at("NOT (st|").texts, ["state", "starred"]);
});

test("operators suit the field", () => {
  assert.equal(at("metrics.loss |").texts[0], "<");
  assert.ok(!at("metrics.loss.min |").texts.includes("LIKE"));
  assert.ok(at("name |").texts.includes("ILIKE"));
  assert.deepEqual(at("starred |").texts, ["=", "!="]);
  assert.deepEqual(at("name IS |").texts, ["NULL", "NOT NULL"]);
});

test("known values are offered as literals, in lists too", () => {
  assert.deepEqual(at("state = |").texts, ["'finished'", "'failed'", "'o''clock'"]);
  assert.deepEqual(at("state = 'fa|").texts, ["'failed'"]);
  assert.deepEqual(at("state IN ('finished', |").texts.length, 3);
  assert.deepEqual(at("labels = |").texts, ["'good'"]);
  assert.deepEqual(at("starred = |").texts, ["true", "false"]);
  assert.deepEqual(at("metrics.loss < |").texts, []);
});

test("behind a whole term stand AND and OR", () => {
  assert.deepEqual(at("metrics.loss < 0.3 |").texts, ["AND", "OR"]);
  assert.deepEqual(at("state IN ('a') |").texts, ["AND", "OR"]);
  assert.deepEqual(at("name IS NOT NULL |").texts, ["AND", "OR"]);
});

test("an option takes the place of the piece that is being typed, also in the middle of a text", () => {
  const found = at("metr|ics < 1 AND name = 'x'");
  const applied = applyOption(found.plain, found, { text: "metrics.loss", kind: "metric" });
  assert.equal(applied.text, "metrics.loss < 1 AND name = 'x'");
  assert.equal(applied.caret, "metrics.loss ".length);
});

test("whatever stands there, an answer takes the place of what is before the caret, and the rest stays", () => {
  const unit = fc.constantFrom(..."ab'\"`.,()<>=! 1_-%\u0000é", " AND ", "metrics.", "IN (", "IS ");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), fc.nat(), (text, place) => {
      const caret = place % (text.length + 1);
      const found = complete(text, caret, fields);
      assert.ok(found.from <= caret && caret <= found.to && found.to <= text.length);
      for (const option of found.options) {
        const { text: next, caret: after } = applyOption(text, found, option);
        assert.ok(next.startsWith(text.slice(0, found.from)) && next.slice(0, after).endsWith(`${option.text} `));
      }
    }),
  );
});
