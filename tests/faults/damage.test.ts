// Damage on the disk must be named and must stay where it is: one bad chunk is not the end of its run, one bad file not
// of the server.
// test-timeout: 120 s
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { isTrackerError, packPoints } from "@cairn/core";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { runCairn } from "../support/command.ts";
import { countSteps, timeAt, valueAt } from "./support/points.ts";

const STEPS = 3 * 4096 + 100;

interface Damaged {
  readonly dataDir: string;
  readonly run: string;
  readonly other: string;
  readonly digests: Readonly<Record<string, string>>;
}

describe("damage on the disk", () => {
  let damaged: Damaged;
  let server: CairnProcess;
  let client: Client;

  before(async () => {
    damaged = await prepare();
    await damageChunk(damaged.dataDir);
    const file = (path: string) => blobFile(damaged.dataDir, damaged.digests[path] ?? "");
    truncateSync(file("cut.bin"), 1000);
    const bytes = readFileSync(file("altered.bin"));
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    writeFileSync(file("altered.bin"), bytes);
    rmSync(file("gone.bin"));
    server = await startCairn({ dataDir: damaged.dataDir });
    client = createClient(server.url, { retries: 0 });
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(damaged.dataDir, { recursive: true, force: true });
  });

  /** The error's message and code, whatever the wire made of it. */
  async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string }> {
    const error = await work.then(
      () => assert.fail("the damage was not noticed"),
      (error: unknown) => error,
    );
    assert.ok(isTrackerError(error), String(error));
    return error;
  }

  it("a damaged chunk is named when its series is read", async () => {
    const { message } = await refusal(client.series.history(damaged.run, "loss", { limit: 100_000 }));
    assert.match(message, /chunk.*(?:damaged|corrupt)/i);
  });

  it("the other series of that run, and other runs, are read whole", async () => {
    assert.equal(await countSteps(client, damaged.run, "accuracy"), STEPS);
    assert.equal(await countSteps(client, damaged.other, "loss"), STEPS);
  });

  it("a chart of sound series beside is drawn, and its summary is there", async () => {
    const [chart] = await client.series.buckets([{ run: damaged.run, key: "accuracy" }]);
    assert.equal(chart?.points, STEPS);
    const { metrics } = await client.runs.get(damaged.run);
    assert.deepEqual(
      metrics.map(({ key, count }) => [key, count]),
      [
        ["accuracy", STEPS],
        ["loss", STEPS],
      ],
    );
  });

  it("the damaged series still takes points", async () => {
    const rows = [{ key: "loss", step: STEPS, time: timeAt(STEPS), value: valueAt("loss", STEPS) }];
    assert.equal((await client.runs.log(damaged.run, { points: packPoints(rows) })).added, 1);
  });

  it("a file that was cut, or is gone, is refused; the one beside it is sound", async () => {
    for (const path of ["cut.bin", "gone.bin"]) {
      const response = await fetch(`${server.url}/api/v1/runs/${damaged.run}/artifacts/${path}`);
      // What cannot be known before the first byte breaks the connection off, so that it is not taken for the file.
      const body = await response.text().then(
        (text) => ({ text, isWhole: true }),
        () => ({ text: "", isWhole: false }),
      );
      assert.ok(!response.ok || !body.isWhole, `${path}: ${response.status} ${body.text.length}`);
    }
    assert.equal(await downloaded("sound.bin"), 20_000);
  });

  async function downloaded(path: string): Promise<number> {
    const content = await client.artifacts.find(damaged.run, path);
    let size = 0;
    for await (const bytes of content?.read() ?? []) size += bytes.length;
    return size;
  }

  it("the same bytes sent again mend a file", async () => {
    await client.artifacts.write(damaged.run, "gone.bin", pieces("gone.bin"));
    assert.equal(await downloaded("gone.bin"), 20_000);
  });

  it("cairn check names each damage and nothing else, beside the server and without it", async () => {
    await expectFindings();
    assert.equal(await server.stop(), 0, server.output());
    await expectFindings();
  });

  async function expectFindings(): Promise<void> {
    const { status, output } = await runCairn(["check", "--json", "--data-dir", damaged.dataDir]);
    assert.equal(status, 1, output);
    const { clean, findings } = JSON.parse(output) as {
      clean: boolean;
      findings: { severity: string; kind: string; id: string; message: string }[];
    };
    assert.equal(clean, false);
    const errors = findings.filter(({ severity }) => severity === "error");
    const of = (kind: string) => errors.filter((finding) => finding.kind === kind);
    const { "cut.bin": cut, "altered.bin": altered } = damaged.digests;
    assert.deepEqual(
      of("blob")
        .map(({ id }) => id)
        .sort(),
      [cut, altered].sort(),
      output,
    );
    assert.ok(
      of("blob").some(({ message }) => message.includes("cut.bin")),
      output,
    );
    // One chunk is one line, which names run, key and chunk; what follows from it (a summary that no longer fits, a chart
    // with a hole) would only hide it.
    assert.deepEqual(
      of("record").map(({ id }) => id.replace(/ of series \d+, attempt \d+$/, "")),
      [`run ${damaged.run} series 'loss', chunk 1`],
      output,
    );
    assert.match(of("record")[0]?.message ?? "", /corrupt/);
    assert.equal(errors.length, 3, output);
  }
});

/** Two runs with two series each, sealed into chunks, and a few files; then a clean stop. */
async function prepare(): Promise<Damaged> {
  const dataDir = mkdtempSync(join(tmpdir(), "cairn-damage-"));
  await using server = await startCairn({ dataDir });
  const client = createClient(server.url);
  const runs: string[] = [];
  for (const name of ["damaged", "sound"]) {
    const { id } = await client.runs.create({ name });
    runs.push(id);
    const rows = ["loss", "accuracy"].flatMap((key) =>
      Array.from({ length: STEPS }, (_, step) => ({ key, step, time: timeAt(step), value: valueAt(key, step) })),
    );
    await client.runs.log(id, { points: packPoints(rows) });
  }
  const [run = "", other = ""] = runs;
  const digests: Record<string, string> = {};
  for (const path of ["sound.bin", "cut.bin", "altered.bin", "gone.bin"]) {
    digests[path] = (await client.artifacts.write(run, path, pieces(path))).digest;
  }
  await waitForChunks(dataDir);
  assert.equal(await server.stop(), 0, server.output());
  return { dataDir, run, other, digests };
}

async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(20_000, path);
}

function blobFile(dataDir: string, digest: string): string {
  const folder = join(dataDir, "blobs");
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(digest));
  assert.ok(found, `no file of blob ${digest}`);
  return join(folder, found);
}

/** Sealing runs in the background: until it is through, there is nothing to damage. */
async function waitForChunks(dataDir: string): Promise<void> {
  using database = new DatabaseSync(join(dataDir, "cairn.sqlite"), { readOnly: true });
  const count = database.prepare("SELECT count(*) AS chunks FROM chunks");
  while (Number(count.get()?.["chunks"]) < 12) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Flips one bit in the middle of the values of the second chunk of `loss` in the first run. */
async function damageChunk(dataDir: string): Promise<void> {
  using database = new DatabaseSync(join(dataDir, "cairn.sqlite"));
  const chunk = database
    .prepare(
      `SELECT c.series, c.attempt, c.number, c."values" AS bytes FROM chunks c
       JOIN series s ON s.id = c.series JOIN names n ON n.id = s.name JOIN runs r ON r."row" = s.run
       WHERE n.text = 'loss' AND r.name = 'damaged' ORDER BY c.number LIMIT 1 OFFSET 1`,
    )
    .get() as { series: number; attempt: number; number: number; bytes: Uint8Array };
  const bytes = Buffer.from(chunk.bytes);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0x10, middle);
  const { changes } = database
    .prepare(`UPDATE chunks SET "values" = ? WHERE series = ? AND attempt = ? AND number = ?`)
    .run(bytes, chunk.series, chunk.attempt, chunk.number);
  assert.equal(changes, 1);
}
