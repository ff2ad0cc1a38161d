// Columns that end up at another change's place would store points under the wrong run without any error.
import assert from "node:assert/strict";
import { it } from "node:test";
import { packPoints } from "@cairn/core";
import fc from "fast-check";
import type { Change } from "../shared/committer.ts";
import { createChangePacker, createChangeUnpacker } from "./pack-changes.ts";

const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0));
const row = fc.record({
  key: fc.constantFrom("loss", "val/loss", "größe", "x"),
  step: fc.integer(),
  time: fc.nat(),
  value: number,
  batch: fc.option(fc.nat(), { nil: undefined }),
});
const logged = fc.record({
  id: fc.string(),
  points: fc.option(
    fc.array(row, { minLength: 1, maxLength: 20 }).map((rows) => packPoints(rows)),
    { nil: undefined },
  ),
  tags: fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined }),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant("runs.log"), input: logged, at: fc.nat(), author: fc.string() }),
  // Another change may well have a field of the same name.
  fc.record({
    kind: fc.constant("runs.update"),
    input: fc.record({ points: fc.string() }),
    at: fc.nat(),
    author: fc.string(),
  }),
) as unknown as fc.Arbitrary<Change>;

const long = (name: string) => Array.from({ length: 20 }, (_, i) => `${name} ${i}`);
const manyKeys = fc.constantFrom(long("a"), long("b"), [...long("a").slice(0, -1), "other"]).map((keys) => ({
  kind: "runs.log",
  input: { id: "run", points: packPoints(keys.map((key, i) => ({ key, step: i, time: i, value: i }))) },
  at: 0,
  author: "",
})) as unknown as fc.Arbitrary<Change>;
const messages = fc.array(fc.array(fc.oneof(change, manyKeys), { maxLength: 8 }), { maxLength: 6 });

it("brings every change through a thread's door as it was, and leaves the sender's as they are", () => {
  fc.assert(
    fc.property(messages, fc.nat({ max: 6 }), (sent, lost) => {
      const packer = createChangePacker();
      const unpack = createChangeUnpacker();
      for (const [i, changes] of sent.entries()) {
        const before = structuredClone(changes);
        const packed = packer.pack(changes);
        assert.deepEqual(structuredClone(changes), before);
        // A message that cannot be cloned does not arrive.
        if (i === lost) packer.forget();
        else assert.deepEqual(unpack(structuredClone(packed, { transfer: [packed.columns] })), before);
      }
    }),
  );
});

it("sends a list of keys once", () => {
  const packer = createChangePacker();
  const changes = () => fc.sample(manyKeys, { numRuns: 1, seed: 1 });
  assert.match(JSON.stringify(packer.pack(changes())), / 18"/);
  const again = packer.pack(changes());
  assert.doesNotMatch(JSON.stringify(again), / 18"/);
});
