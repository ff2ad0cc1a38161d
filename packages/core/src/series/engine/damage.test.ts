import assert from "node:assert/strict";
import { test } from "node:test";
import type { Damage } from "./damage.ts";
import { createSeriesReader } from "./reader.ts";
import { batchOf, createTestEngine, plainCompressor, readAll, type TestEngine, type TestPoint } from "./testing.ts";

const rising = (n: number, from = 0): TestPoint[] =>
  Array.from({ length: n }, (_, i) => [from + i, (from + i) * 10, (from + i) / 8]);

function spoil<T extends "journal" | "chunks" | "bundles">(
  engine: TestEngine,
  table: T,
  column: string,
  at: number,
): void {
  const row = engine.tx.list(table, { prefix: [] })[at] as unknown as Record<string, Uint8Array>;
  const bytes = (row[column] as Uint8Array).slice();
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 64;
  engine.tx.put(table, { ...row, [column]: bytes } as never);
}

function lenientReader(engine: TestEngine, found: Damage[]) {
  const onDamage = (damage: Damage) => found.push(damage);
  return createSeriesReader({ tx: engine.tx.snapshot(), compressor: plainCompressor, onDamage });
}

test("a damaged chunk is named with its run, and its neighbours are read", () => {
  const engine = createTestEngine();
  engine.append(7, { a: rising(12_288), b: rising(4096) });
  engine.seal();
  spoil(engine, "chunks", "values", 1);
  assert.throws(() => readAll(engine.reader(), 7, "a"), {
    code: "internal",
    message: /chunk-values record is corrupt.*chunk 1 of series 1, attempt 0 of run number 7/,
  });
  assert.equal(readAll(engine.reader(), 7, "b").length, 4096);
  const beyond = engine.reader().history(7, "a", { after: null, limit: 9000, steps: { from: 8192, to: 12_287 } });
  assert.equal(beyond.steps.length, 4096);
  const found: Damage[] = [];
  assert.equal(readAll(lenientReader(engine, found), 7, "a").length, 8192);
  assert.deepEqual(
    [...new Set(found.map(({ run, place }) => `${run}: ${place}`))],
    ["7: chunk 1 of series 1, attempt 0"],
  );
  for (const buckets of [20, 150, 9000, 20_000]) {
    const [chart] = lenientReader(engine, found).buckets([{ run: 7, key: "a" }], { axis: "step", buckets, from: 5000 });
    assert.ok((chart?.points ?? 0) >= 4096);
  }
});

test("a damaged bundle costs its parts, not the chunks beside it", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(5000) });
  engine.seal();
  spoil(engine, "bundles", "frames", 0);
  assert.throws(() => readAll(engine.reader(), 1, "a"), /part 0 of bundle 1 of run number 1/);
  assert.equal(readAll(lenientReader(engine, []), 1, "a").length, 4096);
  spoil(engine, "bundles", "directory", 0);
  engine.restart();
  assert.throws(() => readAll(engine.reader(), 1, "a"), /directory of bundle 1 of run number 1/);
  assert.equal(readAll(lenientReader(engine, []), 1, "a").length, 4096);
});

test("a damaged journal record costs one commit: the run is written, sealed and read on, and the record stays as evidence", () => {
  const found: Damage[] = [];
  const engine = createTestEngine({}, (damage) => found.push(damage));
  for (let i = 0; i < 3; i++) engine.append(1, { a: rising(10, i * 10) });
  spoil(engine, "journal", "data", 1);
  engine.restart();
  assert.throws(() => readAll(engine.reader(), 1, "a"), /journal record 2 of run number 1/);
  assert.equal(engine.append(1, { a: rising(5, 30) }).added, 5);
  assert.deepEqual(
    found.map((damage) => damage.place),
    ["journal record 2"],
  );
  assert.equal(readAll(lenientReader(engine, []), 1, "a").length, 25);
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  assert.equal(readAll(engine.reader(), 1, "a").length, 25);
  assert.equal(engine.writer.memory.journalPoints, 0);
  assert.deepEqual(
    engine.tx.list("lost", { prefix: [1] }).map((row) => row.seq),
    [2],
  );
  assert.equal(engine.tx.count("journal", { prefix: [] }), 0);
});

test("a journal record that is gone costs those before it, each named: the run is written, sealed and read on", () => {
  const found: Damage[] = [];
  const engine = createTestEngine({}, (damage) => found.push(damage));
  for (let i = 0; i < 3; i++) for (const run of [1, 2]) engine.append(run, { a: rising(10, i * 10) });
  engine.tx.delete("journal", 3);
  engine.restart();
  assert.throws(() => readAll(engine.reader(), 1, "a"), /journal record 1 of run number 1/);
  for (const run of [1, 2]) assert.equal(engine.append(run, { a: rising(5, 30) }).added, 5);
  assert.deepEqual(
    found.map((damage) => damage.place),
    ["journal record 1", "journal record 2"],
  );
  for (const run of [1, 2]) engine.commit((writer) => writer.ended(run));
  engine.seal();
  assert.equal(readAll(engine.reader(), 1, "a").length, 15);
  assert.equal(readAll(engine.reader(), 2, "a").length, 35);
  assert.equal(engine.tx.count("lost", { prefix: [1] }), 2);
});

test("a run that cannot be sealed is named, and does not keep the others from it", () => {
  const engine = createTestEngine({ journalBytes: 1000 });
  engine.append(1, { a: rising(5000) });
  engine.seal();
  spoil(engine, "bundles", "directory", 0);
  engine.restart();
  engine.append(1, { a: rising(9000, 5000) });
  engine.append(2, { b: rising(5000) });
  const errors: unknown[] = [];
  for (let i = 0; i < 6; i++) {
    const mark = engine.tx.savepoint();
    try {
      engine.seal(1);
    } catch (error) {
      errors.push(error);
      engine.tx.rollback(mark);
      engine.writer.discarded();
    }
  }
  assert.equal(errors.length, 1);
  assert.match(String(errors[0]), /directory of bundle 1 of run number 1/);
  assert.equal(engine.tx.get("heads", 2)?.points, 0);
  assert.equal(engine.tx.get("heads", 1)?.points, 9000);
  assert.equal(engine.append(1, { a: rising(5, 20_000) }).added, 5);
  assert.equal(readAll(lenientReader(engine, []), 1, "a").length, 4096 + 9000 + 5);
});

test("a damaged summary refuses points of its series, and of no other", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(5000), b: rising(5) });
  engine.seal();
  const row = engine.tx.get("series", 1);
  assert.ok(row !== undefined);
  engine.tx.put("series", { ...row, summary: row.summary.slice(0, -1) });
  engine.restart();
  engine.commit((writer) => {
    assert.throws(() => writer.append(1, batchOf({ c: rising(1), a: rising(5, 9000) }), null), { code: "internal" });
    return "refuse";
  });
  assert.equal(engine.append(1, { b: rising(6), c: rising(1) }).added, 2);
  assert.equal(readAll(engine.reader(), 1, "c").length, 1);
});
