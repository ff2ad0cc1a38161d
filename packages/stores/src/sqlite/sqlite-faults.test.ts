import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it } from "node:test";
import { isTrackerError, packPoints, type RecordStore } from "@cairn/core";
import { experiment, newModel, newVersion, run, stamp, start } from "../conformance/world.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { type SqliteStore, type SqliteStoreOptions, sqliteStore } from "./sqlite-store.ts";

let folder = "";
let store: SqliteStore | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cairn-faults-"));
});

afterEach(async () => {
  await store?.close();
  store = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function openStore(options: Partial<SqliteStoreOptions> = {}): Promise<SqliteStore> {
  store = await sqliteStore({ folder, ...options });
  await start(store);
  return store;
}

const file = () => join(folder, "cairn.sqlite");

async function change(sql: string): Promise<void> {
  const database = new DatabaseSync(file());
  database.exec(sql);
  database.close();
}

describe("opening a SQLite store", () => {
  it("refuses a folder that another server of this process has, and takes it once that is closed", async () => {
    const first = await openStore();
    await assert.rejects(sqliteStore({ folder }), { code: "unavailable", message: /Another Cairn server is using/ });
    await first.close();
    await (await openStore()).close();
  });

  it("refuses a folder that another process has", async () => {
    await openStore();
    const script = `
      const { sqliteStore } = await import(${JSON.stringify(new URL("./sqlite-store.ts", import.meta.url).href)});
      await sqliteStore({ folder: ${JSON.stringify(folder)} }).then(
        () => console.log("opened"),
        (error) => console.log(error.code, error.message),
      );
      process.exit();`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    assert.match(stdout, /^unavailable Another Cairn server is using the folder/);
  });

  it("refuses a file that a newer Cairn made", async () => {
    await (await openStore()).close();
    await change(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    await assert.rejects(sqliteStore({ folder }), { code: "unsupported", message: /made by a newer Cairn/ });
    // The refused one left no lock behind.
    await change(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    await openStore();
  });

  it("refuses a file of our version whose tables are others", async () => {
    await (await openStore()).close();
    await change(`ALTER TABLE "runs" DROP COLUMN "error"`);
    await assert.rejects(sqliteStore({ folder }), { code: "unsupported", message: /between two releases/ });
  });

  it("refuses a database that is not Cairn's, and a file that is none, without touching them", async () => {
    await change("CREATE TABLE mine (a)");
    const before = await readFile(file());
    await assert.rejects(sqliteStore({ folder }), { code: "internal", message: /not one that Cairn made/ });
    assert.ok(before.equals(await readFile(file())));
    await rm(file());
    await writeFile(file(), "not a database, but long enough to be taken for one ".repeat(100));
    await assert.rejects(sqliteStore({ folder }), { code: "internal", message: /cairn\.sqlite/ });
  });

  it("says what is wrong with a folder that cannot be made or written", async (test) => {
    await writeFile(join(folder, "plain"), "");
    await assert.rejects(sqliteStore({ folder: join(folder, "plain", "data") }), {
      code: "unavailable",
      message: /cannot be used/,
    });
    if (process.getuid?.() === 0) return test.diagnostic("root may write everywhere: the second half needs a user");
    await chmod(folder, 0o500);
    await assert.rejects(sqliteStore({ folder }), { code: "unavailable", message: /cannot be used/ });
    await chmod(folder, 0o700);
  });
});

describe("a SQLite store in trouble", () => {
  it("refuses what a full disk cannot take, keeps what it took, and goes on when there is room", async () => {
    const opened = await openStore({ maxPages: 200 });
    await opened.write("runs.create", run(1), stamp);
    let kept = 0;
    const fill = async (): Promise<unknown> => {
      for (;;) {
        const tags = { [`tag ${kept}`]: "x".repeat(20_000) };
        const error = await opened.write("runs.log", { id: run(1).id, tags }, stamp).then(
          () => null,
          (refusal: unknown) => refusal,
        );
        if (error !== null) return error;
        kept += 1;
      }
    };
    const refusal = await fill();
    assert.ok(isTrackerError(refusal) && refusal.code === "storage_full", String(refusal));
    assert.match(refusal.message, /disk .* is full/);
    const tagsOf = async (from: RecordStore) =>
      Object.keys((await from.read("runs.get", { id: run(1).id })).tags).length;
    assert.equal(await tagsOf(opened), kept);
    // Changes that fit are taken still.
    await opened.write("runs.note", { id: run(1).id, text: "short" }, stamp);
    await opened.close();
    const again = await openStore();
    await again.write("runs.log", { id: run(1).id, tags: { more: "x".repeat(20_000) } }, stamp);
    assert.equal(await tagsOf(again), kept + 1);
  });

  it("fails only what waits while another program locks the database", async () => {
    const opened = await openStore({ busyTimeoutMs: 20, onProblem: () => {} });
    const other = new DatabaseSync(file(), { timeout: 5000 });
    other.exec("BEGIN IMMEDIATE");
    await assert.rejects(opened.write("experiments.create", experiment("a"), stamp), {
      code: "unavailable",
      message: /locked by another program/,
    });
    other.exec("ROLLBACK");
    other.close();
    await opened.write("experiments.create", experiment("a"), stamp);
  });

  it("names damaged pages and damaged records, and still reads their neighbours", async () => {
    const opened = await openStore();
    for (const number of [1, 2]) {
      await opened.write("runs.create", run(number), stamp);
      const rows = Array.from({ length: 5000 }, (_, step) => ({ key: "loss", step, time: step, value: Math.random() }));
      await opened.write("runs.log", { id: run(number).id, points: packPoints(rows) }, stamp);
    }
    await opened.settle();
    await opened.close();
    await change(`UPDATE "chunks" SET "values" = zeroblob(length("values")) WHERE rowid = 1`);
    const again = await openStore();
    const findings = await Array.fromAsync(again.check());
    const told = findings.map(({ record, message }) => `${record}: ${message}`).join("\n");
    assert.match(told, /chunk/);
    assert.ok(told.includes(run(1).id) !== told.includes(run(2).id), told);
    const read = (number: number) =>
      again.read("series.history", { id: run(number).id, key: "loss", after: null, limit: 9000 });
    const answers = await Promise.allSettled([read(1), read(2)]);
    assert.deepEqual(answers.map((answer) => answer.status).toSorted(), ["fulfilled", "rejected"]);
    await again.close();

    const handle = await open(file(), "r+");
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(size / 4096 / 2) * 4096);
    await handle.close();
    store = await sqliteStore({ folder });
    assert.ok((await Array.fromAsync(store.check())).length > 0);
  });

  it("names models whose versions or aliases are not as they count them", async () => {
    const opened = await openStore();
    for (const name of ["sound", "counts", "alias", "gone"]) {
      const { id } = await opened.write("models.create", { ...newModel, name }, stamp);
      for (const _ of [1, 2]) await opened.write("versions.create", newVersion(id), stamp);
      await opened.write("models.setAlias", { id, alias: "live", number: 2 }, stamp);
    }
    assert.deepEqual(await Array.fromAsync(opened.check()), []);
    await opened.close();
    await change(`DELETE FROM "versions" WHERE "model" = 2 AND "number" = 1`);
    await change(`UPDATE "aliases" SET "number" = 9 WHERE "model" = 3`);
    await change(`DELETE FROM "models" WHERE "id" = 4`);
    const again = await openStore();
    const found = (await Array.fromAsync(again.check())).map(({ record, message }) => `${record}: ${message}`);
    assert.deepEqual(found, [
      "model 2: It counts 2 versions up to number 2; there are 1 up to 2.",
      "model 3: Its alias 'live' points at version 9, which is not there.",
      "version 4/1: Its model 4 is not there.",
      "version 4/2: Its model 4 is not there.",
    ]);
  });

  it("tells of a damaged journal record when it is sealed, and seals the others", async () => {
    const opened = await openStore();
    for (const number of [1, 2]) {
      await opened.write("runs.create", run(number), stamp);
      const points = packPoints([{ key: "loss", step: 1, time: 1, value: number }]);
      await opened.write("runs.log", { id: run(number).id, points }, stamp);
    }
    await opened.close();
    await change(`UPDATE "journal" SET "data" = zeroblob(length("data")) WHERE "run" = 1`);
    const problems: string[] = [];
    const again = await openStore({ onProblem: (problem) => problems.push(problem.message) });
    await again.settle();
    assert.match(problems.join(), /journal record 1 of run number 1/);
    assert.equal((await again.read("series.list", { id: run(2).id }))[0]?.latest?.value, 2);
    const findings = await Array.fromAsync(again.check());
    assert.deepEqual(
      findings.map(({ record }) => record),
      [`run ${run(1).id} journal record 1`],
    );
  });

  it("tells of a journal record that no run leads to", async () => {
    const opened = await openStore();
    await opened.write("runs.create", run(1), stamp);
    await opened.close();
    await change(`INSERT INTO "journal" VALUES (99, 1, 7, 0, x'00')`);
    const findings = await Array.fromAsync((await openStore()).check());
    assert.deepEqual(
      findings.map(({ record }) => record),
      ["journal record 7 of run number 1"],
    );
  });

  it("refuses more than 32 MiB that wait, and takes them when the queue is empty again", async () => {
    const opened = await openStore();
    await opened.write("runs.create", run(1), stamp);
    const big = () => opened.write("runs.log", { id: run(1).id, tags: { big: "x".repeat(4_000_000) } }, stamp);
    const answers = await Promise.allSettled(Array.from({ length: 8 }, big));
    const codes = answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "done"));
    assert.equal(codes.filter((code) => code === "rate_limited").length, 4, codes.join());
    assert.deepEqual((await opened.status()).queued, { changes: 0, bytes: 0 });
    await big();
  });
});

describe("a SQLite store that is opened again", () => {
  it("seals what an earlier process left in its journal, and says so, though nothing was written yet", async () => {
    const first = await openStore();
    await first.write("runs.create", run(1), stamp);
    const points = packPoints([{ key: "loss", step: 1, time: Date.now(), value: 1 }]);
    await first.write("runs.log", { id: run(1).id, points }, stamp);
    assert.equal((await first.status()).journal.points, 1);
    await first.close();
    store = await sqliteStore({ folder });
    const sealed = () => {
      using database = new DatabaseSync(join(folder, "cairn.sqlite"), { readOnly: true });
      return database.prepare(`SELECT "sealed" = "seq" AS "is" FROM "heads"`).get()?.["is"] === 1;
    };
    while (!sealed()) await new Promise((resolve) => setTimeout(resolve, 5));
    await store.settle();
    assert.deepEqual((await store.status()).journal, { bytes: 0, points: 0 });
    assert.equal((await store.read("series.list", { id: run(1).id }))[0]?.count, 1);
  });
});

describe("a SQLite store that is closed", () => {
  it("breaks off a check, and whoever reads its findings hears of that", async () => {
    const opened = await openStore();
    await opened.write("runs.create", run(1), stamp);
    const checking = Array.fromAsync(opened.check());
    const refused = assert.rejects(checking, { code: "unavailable", message: /broken off/ });
    await opened.close();
    await refused;
  });

  it("answers a long read that it breaks off", async () => {
    const opened = await openStore();
    const search = { experiments: null, lifecycle: "all", filter: null, order: [], limit: 5, cursor: null } as const;
    const refused = assert.rejects(opened.read("runs.search", search), { code: "unavailable" });
    await opened.close();
    await refused;
  });
});

describe("a quiet SQLite store", () => {
  it("gives the space of purged runs back to the disk", async () => {
    const opened = await openStore();
    for (let number = 1; number <= 20; number++) {
      await opened.write("runs.create", run(number), stamp);
      const points = packPoints(
        Array.from({ length: 20_000 }, (_, step) => ({ key: "noise", step, time: step, value: Math.random() })),
      );
      await opened.write("runs.log", { id: run(number).id, points, tags: { note: "n".repeat(50_000) } }, stamp);
    }
    await opened.settle();
    const { size: full } = await stat(file());
    for (let number = 1; number <= 20; number++) {
      await opened.write("runs.delete", { id: run(number).id }, stamp);
      await opened.write("runs.purge", { id: run(number).id }, stamp);
    }
    await opened.settle();
    assert.deepEqual(await Array.fromAsync(opened.check()), []);
    await opened.close();
    const { size: empty } = await stat(file());
    assert.ok(full > 3_000_000 && empty < 500_000, `${full} bytes, then ${empty}`);
  });

  it("has sealed everything after settle, and answers as before", async () => {
    const opened = await openStore();
    await opened.write("runs.create", run(1), stamp);
    const points = packPoints(Array.from({ length: 500 }, (_, step) => ({ key: "k", step, time: step, value: step })));
    await opened.write("runs.log", { id: run(1).id, points }, stamp);
    assert.equal((await opened.status()).journal.points, 500);
    await opened.settle();
    assert.equal((await opened.status()).journal.points, 0);
    assert.equal((await opened.read("series.list", { id: run(1).id }))[0]?.count, 500);
  });
});
