// A build must do what its sources do: the modules of threads, files that lie beside sources, and what is loaded late are
// found. And one that was made of other sources must never start, or an edit would seem to do nothing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { packPoints } from "@cairn/core";
import { startCairn } from "./support/cairn-process.ts";

// Plain JavaScript has no types: by variables, the compiler does not look for them.
const [builtModule, buildModule] = ["@cairn/cli/built", "../scripts/build-server.mjs"];
const { findBuilt, stampOf } = (await import(builtModule)) as {
  findBuilt(root: string): string | undefined;
  stampOf(file: string): string;
};
const { buildServer } = (await import(buildModule)) as { buildServer(root: string, folder: string): Promise<void> };

const root = join(import.meta.dirname, "..");
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "cairn-built-")));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe("a build", () => {
  const folder = join(scratch, "builds");
  /** What Node is told: no TypeScript file can be loaded then, on any thread. */
  let program: readonly string[] = [];

  before(async () => {
    await buildServer(root, folder);
    const { start } = JSON.parse(readFileSync(join(folder, "built.json"), "utf8")) as { start: string };
    program = ["--no-strip-types", join(folder, start)];
  });

  it("is told by this flag when it needs its sources", () => {
    const source = join(root, "packages", "cli", "src", "main.ts");
    assert.match(spawnSync(process.execPath, ["--no-strip-types", source]).stderr.toString(), /ERR_UNKNOWN_FILE_EXT/);
  });

  it("writes, draws, keeps files, shows pages and checks, on all threads and without a source", async () => {
    await using server = await startCairn({ program });
    const client = createClient(server.url);
    const { id } = await client.runs.create({ experiment: 0 });
    const rows = Array.from({ length: 5000 }, (_, step) => ({ key: "loss", step, time: step, value: step / 2 }));
    await client.runs.log(id, { points: packPoints(rows) });
    const [loss] = await client.series.buckets([{ run: id, key: "loss" }], { buckets: 10 });
    assert.equal(loss?.points, 5000);
    assert.equal((await client.runs.search({ filter: "metrics.loss > 2000" })).items.length, 1);
    // Long enough for the thread that hashes and writes.
    const file = new Uint8Array(5 << 20).fill(7);
    const made = await client.artifacts.write(id, "file.bin", one(file));
    assert.equal(made.digest, createHash("sha256").update(file).digest("hex"));
    for (const path of ["/", "/docs", "/pages/page.css", "/api/v1/openapi.json"]) {
      assert.equal((await fetch(server.url + path)).status, 200, path);
    }
    const wire = await fetch(`${server.url}/api/2.0/mlflow/metrics/get-history?run_id=${id}&metric_key=loss`);
    assert.equal(((await wire.json()) as { metrics: object[] }).metrics.length, 5000);
    const check = spawnSync(process.execPath, [...program, "check", "--json", "--data-dir", server.dataDir]);
    assert.deepEqual(JSON.parse(check.stdout.toString()), { clean: true, findings: [] }, check.stderr.toString());
    assert.equal(await server.stop(), 0, server.output());
    assert.doesNotMatch(server.output(), / error /);
  });
});

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

describe("the launcher", () => {
  const place = mkdtempSync(join(scratch, "root-"));
  const folder = join(place, "packages", "cli", "dist");
  const [source, start] = [join(place, "source.ts"), join(folder, "one", "main.mjs")];
  /** A build that is of the one source. */
  const build = () => {
    mkdirSync(join(folder, "one"), { recursive: true });
    writeFileSync(start, "");
    writeFileSync(source, "let a;");
    const sources = { "source.ts": stampOf(source) };
    writeFileSync(join(folder, "built.json"), JSON.stringify({ start: "one/main.mjs", sources }));
  };

  it("starts no build where there is none", () => assert.equal(findBuilt(place), undefined));

  it("starts the build while its sources are what they were", () => {
    build();
    assert.equal(findBuilt(place), start);
  });

  const spoilt: Readonly<Record<string, () => void>> = {
    "a source has other text": () => writeFileSync(source, "let ab;"),
    "a source has another time": () => utimesSync(source, 1, 1),
    "a source is gone": () => rmSync(source),
    "the build is gone": () => rmSync(start),
    "the list is cut off": () => writeFileSync(join(folder, "built.json"), "{"),
  };
  for (const [what, spoil] of Object.entries(spoilt)) {
    it(`starts the sources when ${what}`, () => {
      build();
      assert.equal(findBuilt(place), start);
      spoil();
      assert.equal(findBuilt(place), undefined);
    });
  }
});
