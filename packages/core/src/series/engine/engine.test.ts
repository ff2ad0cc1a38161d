import assert from "node:assert/strict";
import { test } from "node:test";
import { batchOf, createTestEngine, readAll, type TestEngine, type TestPoint } from "./testing.ts";

const rising = (n: number, from = 0): TestPoint[] =>
  Array.from({ length: n }, (_, i) => [from + i, (from + i) * 10, (from + i) / 8]);

/** From now on, how many records are read from the journal. */
function countJournalReads({ tx }: TestEngine): () => number {
  let read = 0;
  const get = tx.get.bind(tx);
  tx.get = ((table: "journal", ...key: [number]) => {
    if (table === "journal") read += 1;
    return get(table, ...key);
  }) as typeof tx.get;
  return () => read;
}

test("a point is read as soon as its commit is done, before any seal", () => {
  const engine = createTestEngine();
  assert.deepEqual(engine.append(1, { loss: [[0, 10, 0.5]], "train/acc": [[0, 10, 1]] }), {
    added: 2,
    repeated: false,
  });
  const reader = engine.reader();
  assert.deepEqual(readAll(reader, 1, "loss"), [[0, 10, 0.5, undefined]]);
  assert.deepEqual(
    reader.list(1).map(({ key, name, phase, count }) => ({ key, name, phase, count })),
    [
      { key: "loss", name: "loss", phase: null, count: 1 },
      { key: "train/acc", name: "acc", phase: "train", count: 1 },
    ],
  );
});

test("requests of one run in one commit share one journal record, those of two runs have two", () => {
  const engine = createTestEngine();
  engine.commit(
    (writer) => writer.append(1, batchOf({ a: [[0, 1, 1]] }), null),
    (writer) => writer.append(2, batchOf({ a: [[0, 1, 1]] }), null),
    (writer) => writer.append(1, batchOf({ a: [[1, 2, 1]], b: [[0, 1, 1]] }), null),
  );
  assert.deepEqual(
    engine.tx.list("journal", { prefix: [] }).map((row) => row.run),
    [1, 2],
  );
  assert.equal(readAll(engine.reader(), 1, "a").length, 2);
});

test("a refused request leaves its neighbours in the same commit as if it had never been", () => {
  const engine = createTestEngine();
  engine.commit(
    (writer) => writer.append(1, batchOf({ a: [[1, 10, 1]] }), null),
    (writer) => {
      writer.append(1, batchOf({ a: [[5, 50, 9]], born: [[0, 1, 1]] }), { id: "w", number: 1 });
      writer.openAttempt(1, 7);
      writer.clear(1, "a");
      return "refuse";
    },
    // Below the refused point, and equal to it: both would be lost if the refused one had left its key behind.
    (writer) =>
      assert.equal(
        writer.append(
          1,
          batchOf({
            a: [
              [2, 20, 1],
              [5, 50, 9],
            ],
          }),
          { id: "w", number: 1 },
        ).added,
        2,
      ),
  );
  assert.deepEqual(readAll(engine.reader(), 1, "a"), [
    [1, 10, 1, undefined],
    [2, 20, 1, undefined],
    [5, 50, 9, undefined],
  ]);
  assert.deepEqual(
    engine
      .reader()
      .list(1)
      .map((info) => info.key),
    ["a"],
  );
  assert.equal(engine.tx.get("heads", 1)?.attempt, 0);
});

test("a failed commit leaves nothing, and the retry is taken", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(3) });
  const request = (writer: (typeof engine)["writer"]) =>
    writer.append(1, batchOf({ a: [[9, 90, 1]], b: [[0, 1, 1]] }), { id: "w", number: 1 });
  engine.fail(request);
  assert.equal(readAll(engine.reader(), 1, "a").length, 3);
  engine.commit((writer) => assert.deepEqual(request(writer), { added: 2, repeated: false }));
  assert.equal(readAll(engine.reader(), 1, "a").length, 4);
  assert.equal(engine.writer.memory.journalPoints, 5);
});

test("a repeated batch adds nothing, whether its points lie in memory, journal, bundle or chunk", () => {
  const engine = createTestEngine();
  const parts = { long: rising(5000), short: rising(7) };
  assert.equal(engine.append(1, parts).added, 5007);
  assert.equal(engine.append(1, parts).added, 0);
  engine.restart();
  assert.equal(engine.append(1, parts).added, 0);
  assert.ok(engine.seal() > 0);
  assert.equal(engine.tx.count("chunks", { prefix: [] }), 1);
  assert.equal(engine.tx.count("journal", { prefix: [] }), 0);
  assert.equal(engine.append(1, parts).added, 0);
  engine.restart();
  assert.equal(engine.append(1, parts).added, 0);
  assert.equal(readAll(engine.reader(), 1, "long").length, 5000);
});

test("equal keys inside one batch are one point, and −0 equals 0", () => {
  const engine = createTestEngine();
  const points: TestPoint[] = [
    [0, 1, 0],
    [0, 1, -0],
    [0, 1, Number.NaN],
    [0, 1, Number.NaN],
    [0, 1, 0, 3],
    [0, 1, 0, 3],
  ];
  assert.equal(engine.append(1, { a: points }).added, 3);
  assert.deepEqual(readAll(engine.reader(), 1, "a"), [
    [0, 1, 0, undefined],
    [0, 1, 0, 3],
    [0, 1, Number.NaN, undefined],
  ]);
});

test("a numbered batch is applied once, in whatever order the numbers come within 64", () => {
  const engine = createTestEngine();
  for (const number of [3, 1, 2, 3, 1, 40, 39, 40, 66, 39]) {
    const { repeated } = engine.append(1, { a: [[number, number, number]] }, { id: "w", number });
    if (number === 66) engine.restart();
    void repeated;
  }
  assert.deepEqual(
    readAll(engine.reader(), 1, "a").map((point) => point[0]),
    [1, 2, 3, 39, 40, 66],
  );
  // Applied although its point is another: the number alone says that it was there.
  assert.deepEqual(engine.append(1, { a: [[7, 7, 7]] }, { id: "w", number: 39 }), { added: 0, repeated: true });
  assert.deepEqual(engine.append(1, { a: [[7, 7, 7]] }, { id: "other", number: 39 }), { added: 1, repeated: false });
});

test("a cleared series is gone at once, sealed or not, and its key begins anew", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(5000), b: rising(3) });
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  engine.append(1, { a: rising(2, 6000) });
  engine.commit((writer) => {
    assert.equal(writer.clear(1, "a"), true);
    assert.equal(writer.clear(1, "a"), false);
    assert.equal(writer.clear(1, "none"), false);
  });
  assert.deepEqual(
    engine
      .reader()
      .list(1)
      .map((info) => info.key),
    ["b"],
  );
  assert.equal(engine.append(1, { a: rising(1) }).added, 1);
  engine.restart();
  assert.deepEqual(readAll(engine.reader(), 1, "a"), [[0, 0, 0, undefined]]);
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  assert.deepEqual(readAll(engine.reader(), 1, "a"), [[0, 0, 0, undefined]]);
  assert.equal(engine.tx.count("chunks", { prefix: [] }), 0);
  assert.equal(engine.tx.count("series", { prefix: [] }), 2);
});

test("a removed run leaves no row, however small the slices, and no seal brings it back", () => {
  const engine = createTestEngine();
  for (const run of [1, 2]) engine.append(run, { a: rising(9000), b: rising(3) }, { id: "w", number: 1 });
  engine.seal();
  for (let i = 0; i < 10; i++) for (const run of [1, 2]) engine.append(run, { a: rising(1, 9000 + i) });
  let slices = 0;
  for (let done = false; !done; slices++) {
    engine.commit((writer) => {
      done = writer.remove(1, 3);
    });
    engine.seal(1000, slices * 100_000);
    if (slices === 2) engine.restart();
  }
  assert.ok(slices > 3);
  for (const table of ["heads", "writers", "unsealed", "bundles"] as const)
    assert.equal(engine.tx.count(table, { prefix: [1] }), 0, table);
  for (const { run } of engine.tx.list("journal", { prefix: [] })) assert.equal(run, 2);
  assert.equal(engine.tx.count("series", { index: "byRun", prefix: [1] }), 0);
  const living = new Set(engine.tx.list("series", { prefix: [] }).map((row) => row.id));
  for (const row of engine.tx.list("chunks", { prefix: [] })) assert.ok(living.has(row.series));
  assert.equal(readAll(engine.reader(), 2, "a").length, 9010);
});

// Each purge of a run that was in memory raised the count for good, until every commit let go of all tails.
test("what was kept of a removed run counts no more as memory in use", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(100) });
  const before = engine.writer.memory.tailBytes;
  for (const run of [2, 3]) {
    engine.append(run, { a: rising(9000) });
    for (let left = true; left; )
      engine.commit((writer) => {
        left = !writer.remove(run, 100);
      });
    engine.seal();
  }
  assert.equal(engine.writer.memory.tailBytes, before);
});

test("points of an earlier attempt at or beyond a later one's first step are superseded, in pages and in charts", () => {
  const engine = createTestEngine();
  engine.commit((writer) => writer.openAttempt(1, 1));
  engine.append(1, { a: rising(10) });
  engine.commit((writer) => writer.openAttempt(1, 2));
  engine.append(1, {
    a: [
      [6, 1000, 1],
      [7, 1001, 1],
    ],
    unstepped: [[0, 1, 1]],
  });
  for (const seal of [false, true]) {
    if (seal) engine.seal(1000, 0);
    if (seal) assert.ok(engine.seal(1000, 60_000) > 0);
    const page = engine.reader().history(1, "a", { after: null, limit: 100 });
    assert.deepEqual([...page.superseded], [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
    assert.deepEqual([...page.attempts], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
    const [chart] = engine.reader().buckets([{ run: 1, key: "a" }], { axis: "step", buckets: 100 });
    assert.deepEqual([...(chart?.superseded ?? [])], [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
  }
});

test("a metric without steps is not overtaken by its next attempt", () => {
  const engine = createTestEngine();
  for (const attempt of [1, 2]) {
    engine.commit((writer) => writer.openAttempt(1, attempt));
    engine.append(1, { a: [[0, attempt * 10, 1]] });
  }
  assert.deepEqual([...engine.reader().history(1, "a", { after: null, limit: 9 }).superseded], [0, 0]);
});

test("a run that fell silent or ended is sealed, and the journal is empty then", () => {
  const engine = createTestEngine();
  engine.append(1, { a: rising(3) });
  assert.equal(engine.seal(10, 1000), 0);
  assert.equal(engine.seal(10, 60_999), 0);
  assert.ok(engine.seal(10, 61_000) > 0);
  engine.append(2, { a: rising(3) });
  engine.commit((writer) => writer.ended(2));
  assert.ok(engine.seal(10, 61_001) > 0);
  assert.deepEqual(engine.writer.memory.journalPoints, 0);
  assert.equal(engine.tx.count("journal", { prefix: [] }), 0);
});

test("runs that an earlier process left unsealed are found and sealed at once", () => {
  const engine = createTestEngine();
  for (const run of [4, 9]) engine.append(run, { a: rising(3) });
  engine.restart();
  assert.equal(engine.seal(10, 0) > 0, true);
  assert.equal(engine.writer.memory.journalBytes, 0);
});

// An import of 100 000 short runs left them all hot for a minute, and each search looked at each of them.
test("with many runs unsealed, two seconds of silence are enough; with few it takes a minute", () => {
  for (const [runs, left] of [
    [5, 0],
    [4, 12],
  ] as const) {
    const engine = createTestEngine({ crowd: 4 });
    for (let run = 1; run <= runs; run++) engine.append(run, { a: rising(3) });
    engine.seal(10, 1000);
    assert.equal(engine.writer.memory.journalPoints, runs * 3);
    engine.seal(10, 3000);
    assert.equal(engine.writer.memory.journalPoints, left);
    engine.seal(10, 61_000);
    assert.equal(engine.writer.memory.journalPoints, 0);
  }
});

test("small runs share a seal's commit", () => {
  const engine = createTestEngine();
  for (let run = 1; run <= 100; run++) engine.append(run, { a: rising(10) });
  engine.seal(1, 0);
  engine.seal(1, 60_000);
  assert.equal(engine.writer.memory.journalPoints, 1000 - 250);
});

test("above the memory limit the largest run is sealed first, and what is let go of is read back", () => {
  const engine = createTestEngine({ tailBytes: 20_000 });
  engine.append(1, { a: rising(100) });
  engine.append(2, { a: rising(900) });
  engine.append(3, { a: rising(100) });
  assert.ok(engine.writer.memory.tailBytes <= 20_000 + 5000);
  assert.equal(
    engine.append(2, {
      a: [
        [3, 30, 3 / 8],
        [3, 31, 9],
      ],
    }).added,
    1,
  );
  assert.equal(engine.append(1, { a: rising(101) }).added, 1);
  engine.seal();
  assert.equal(readAll(engine.reader(), 2, "a").length, 901);
  assert.equal(readAll(engine.reader(), 1, "a").length, 101);
});

// A server that had kept a hundred runs of a thousand metrics sealed those that went on at every few points: what is kept of
// finished ones, half a megabyte each, counted as want of memory.
test("what is kept of finished runs goes before a run is sealed for want of memory", () => {
  const engine = createTestEngine({ tailBytes: 4 << 20, quietCommits: 3 });
  for (let run = 2; run <= 800; run++) {
    engine.commit((writer) => {
      for (const key of ["a", "b", "c", "d", "e"]) writer.append(run, batchOf({ [key]: rising(1) }), null);
      writer.ended(run);
    });
    engine.seal();
  }
  const keys = [..."abcdefghij"];
  for (let at = 0; at < 40; at++) {
    engine.append(1, Object.fromEntries(keys.map((key) => [key, rising(100, at * 100)])));
    assert.equal(engine.seal(1), 0, `a seal after ${at + 1} commits`);
  }
  assert.ok(engine.writer.memory.journalBytes > 128 << 10, `${engine.writer.memory.journalBytes} bytes of journal`);
  assert.ok(engine.writer.memory.tailBytes < 3 << 20, `${engine.writer.memory.tailBytes} bytes of tails`);
  assert.equal(engine.append(800, { a: rising(2) }).added, 1);
});

test("a group with very many points of one run is cut into several records, and reads as one", () => {
  const engine = createTestEngine({ recordPoints: 100 });
  const parts = { a: rising(60), b: rising(30) };
  engine.commit(
    (writer) => writer.append(1, batchOf(parts), null),
    (writer) => writer.append(1, batchOf({ a: rising(60, 60), b: rising(250, 60) }), null),
  );
  assert.deepEqual(
    engine.tx.list("journal", { prefix: [] }).map((row) => row.seq),
    [1, 2, 3],
  );
  assert.equal(engine.tx.get("heads", 1)?.seq, 3);
  engine.restart();
  assert.equal(engine.append(1, parts).added, 0);
  assert.equal(readAll(engine.reader(), 1, "b").length, 280);
});

test("a run of very many attempts still gives no more rows than asked for, and at least half", () => {
  const engine = createTestEngine();
  for (let attempt = 1; attempt <= 90; attempt++) {
    engine.commit((writer) => writer.openAttempt(1, attempt));
    engine.append(1, { a: rising(60, attempt * 20).map(([step, time, value]) => [step, time + attempt * 1e6, value]) });
  }
  for (const sealed of [false, true]) {
    if (sealed) engine.seal();
    for (const buckets of [1, 20, 89, 200]) {
      const [chart] = engine.reader().buckets([{ run: 1, key: "a" }], { axis: "step", buckets });
      const rows = chart?.counts.length ?? 0;
      assert.ok(rows <= buckets && rows * 2 >= buckets, `${rows} rows for ${buckets}`);
      assert.equal(chart?.points, 90 * 60);
      assert.equal(Math.min(...(chart?.mins ?? [])), 20 / 8);
      assert.equal(Math.max(...(chart?.maxs ?? [])), (90 * 20 + 59) / 8);
    }
  }
  engine.seal();
  assert.equal(engine.tx.count("chunks", { prefix: [] }), 0);
});

// Two trainings that logged faster than seals kept up: each seal read its run's whole backlog back into memory, which drove
// the other's tail out, which was read back whole with its next points. A server slowed down sevenfold and took gigabytes.
test("a backlog larger than the memory for tails is read once, by the seals that take it", () => {
  const engine = createTestEngine({ tailBytes: 40_000, runPoints: 200, sealPoints: 200, workPoints: 50 });
  const commits = 150;
  const log = (at: number) => {
    for (const run of [1, 2]) engine.append(run, { a: rising(20, at * 20), b: rising(20, at * 20) });
  };
  for (let at = 0; at < commits; at++) log(at);
  const read = countJournalReads(engine);
  for (let at = commits; at < 2 * commits; at++) {
    log(at);
    engine.seal(1);
    assert.ok(engine.writer.memory.tailBytes <= 60_000, `${engine.writer.memory.tailBytes} bytes of tails`);
  }
  engine.seal();
  assert.ok(read() <= 3 * 2 * 2 * commits, `${read()} reads of ${2 * 2 * commits} records`);
  for (const run of [1, 2]) assert.equal(readAll(engine.reader(), run, "a").length, 20 * 2 * commits);
});

// A seal of a tail that had let go of its points left the later ones of them in memory for good, as if unsealed. Sixteen runs
// of a thousand metrics so filled the memory with sealed points, and were sealed for want of it thirty points a series at a time.
test("what a seal took is out of memory, also where the tail had let go of a part of it before", () => {
  const engine = createTestEngine({ tailBytes: 20_000 });
  engine.append(1, { a: rising(300) });
  engine.append(2, { a: rising(300) });
  engine.append(1, { a: rising(20, 300) });
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  engine.append(1, { a: rising(20, 320) });
  const read = countJournalReads(engine);
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  assert.equal(read(), 0);
  assert.equal(readAll(engine.reader(), 1, "a").length, 340);
});

// A seal that had to read its prefix back did so in one piece: 45 ms in which sixteen clients waited, twice a second.
test("a seal reads back no more records a call than it may handle, and what happens in between is neither lost nor doubled", () => {
  const engine = createTestEngine({ tailBytes: 15_000, workPoints: 50, seriesPoints: 1000 });
  const log = (at: number) => engine.append(1, { a: rising(10, at), b: rising(5, at), c: rising(5, at) });
  for (let i = 0; i < 40; i++) log(10 * i);
  engine.append(2, { a: rising(500) });
  engine.commit((writer) => writer.ended(1));
  const read = countJournalReads(engine);
  let calls = 0;
  for (let before = 0; engine.seal(1) > 0; before = read()) {
    assert.ok(read() - before <= 3, `${read() - before} records in a call`);
    calls += 1;
    if (calls === 3) assert.equal(engine.append(1, { a: [...rising(3, 395), [7, 71, 9]], d: rising(2) }).added, 3);
    if (calls === 6) engine.commit((writer) => assert.equal(writer.clear(1, "b"), true));
    if (calls === 8) engine.append(1, { b: rising(1) });
    if (calls < 6) assert.equal(readAll(engine.reader(), 1, "b").length, 200);
    assert.equal(readAll(engine.reader(), 1, "a").length, calls < 3 ? 400 : 401);
    before = read();
  }
  engine.commit((writer) => writer.ended(1));
  engine.seal();
  assert.ok(calls > 20, `${calls} calls`);
  assert.equal(engine.tx.get("heads", 1)?.points, 0);
  for (const [key, count] of [
    ["a", 401],
    ["b", 1],
    ["c", 200],
    ["d", 2],
  ] as const) {
    assert.equal(readAll(engine.reader(), 1, key).length, count, key);
  }
});

test("a new process goes on with the seal that it finds, up to the same record, whether it reads the journal at once or piece by piece", () => {
  for (const tailBytes of [1 << 20, 100]) {
    const engine = createTestEngine({ tailBytes, workPoints: 50 });
    const log = (at: number) => engine.append(1, { a: rising(10, at), b: rising(10, at), c: rising(10, at) });
    for (let i = 0; i < 10; i++) log(10 * i);
    engine.commit((writer) => writer.ended(1));
    while (engine.tx.get("heads", 1)?.sealing === 0) engine.seal(1);
    log(100);
    engine.restart();
    log(110);
    engine.seal();
    engine.seal(1000, 60_000);
    assert.equal(engine.tx.get("heads", 1)?.points, 0);
    for (const key of ["a", "b", "c"])
      assert.equal(readAll(engine.reader(), 1, key).length, 120, `${key} ${tailBytes}`);
  }
});
