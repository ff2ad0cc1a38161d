// A zip that lacks a file, or ends early, must never look whole; and what it unpacks to must stay where it is unpacked.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { archiveUrl } from "@cairn/client";
import type { Services } from "@cairn/core";
import { attackServer } from "../attack/support/server.ts";
import { unzip } from "../support/unzip.ts";
import { bytesOf, freshName, freshRun } from "./support/expect.ts";
import { raw } from "./support/raw.ts";
import { overHttp } from "./support/worlds.ts";

const paths = ["a.txt", "b.txt", "b/2.txt", "b/c/3.txt", "b/c/picture.png", "das größte Bild · 图.txt", "empty"];
const contentOf = (path: string): string => (path === "empty" ? "" : `${path} `.repeat(3000));
const whole = Object.fromEntries(paths.map((path) => [path, contentOf(path)]));
const below = { "2.txt": whole["b/2.txt"], "c/3.txt": whole["b/c/3.txt"], "c/picture.png": whole["b/c/picture.png"] };

async function download(url: string): Promise<Record<string, string>> {
  const response = await fetch(url);
  assert.equal(response.status, 200, response.ok ? "" : await response.text());
  assert.equal(response.headers.get("content-type"), "application/zip");
  const files = await unzip(await response.bytes());
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.toString()]));
}

async function fill(write: (path: string, bytes: AsyncIterable<Uint8Array>) => Promise<unknown>): Promise<void> {
  await write("a.txt", bytesOf("an older state"));
  for (const path of paths) await write(path, bytesOf(contentOf(path)));
}

async function freshDraft({ models, versions }: Services): Promise<number> {
  const { id } = await models.create({ name: freshName("archived") });
  await versions.create(id, {});
  return id;
}

overHttp("an archive", {
  "holds every file of a run, or those below one folder, as they are": async ({ services, url }) => {
    const { id: run } = await freshRun(services);
    await fill((path, bytes) => services.artifacts.write(run, path, bytes));
    assert.deepEqual(await download(archiveUrl(url, { run })), whole);
    assert.deepEqual(await download(archiveUrl(url, { run }, "b")), below);
    assert.deepEqual(await download(archiveUrl(url, { run }, "b/c/")), {
      "3.txt": whole["b/c/3.txt"],
      "picture.png": whole["b/c/picture.png"],
    });
  },

  "holds the files of versions, checkpoints and nobody too": async ({ services, url }) => {
    const model = await freshDraft(services);
    await fill((path, bytes) => services.versionFiles.write(model, 1, path, bytes));
    assert.deepEqual(await download(archiveUrl(url, { model, number: 1 })), whole);
    const { id: checkpoint } = await services.checkpoints.create({});
    await fill((path, bytes) => services.checkpointFiles.write(checkpoint, path, bytes));
    assert.deepEqual(await download(archiveUrl(url, { checkpoint }, "b")), below);
    await fill((path, bytes) => services.files.write(path, bytes));
    assert.deepEqual(await download(archiveUrl(url, {})), whole);
  },

  "holds more files in a folder than a page of its list": async ({ services, url }) => {
    const { id: run } = await freshRun(services);
    const { digest } = await services.artifacts.write(run, "many/0", bytesOf("x"));
    for (let i = 1; i < 1203; i++) await services.artifacts.link(run, `many/${i}`, digest);
    assert.equal(Object.keys(await download(archiveUrl(url, { run }))).length, 1203);
  },

  "is named for what it holds, and answers HEAD": async ({ services, url }) => {
    const { id: run } = await services.runs.create({ name: 'a/b "c"' });
    await services.artifacts.write(run, "plots/loss.png", bytesOf("x"));
    const names: [string, string][] = [
      [archiveUrl("", { run }), `attachment; filename="a_b _c_.zip"; filename*=UTF-8''a_b%20%22c%22.zip`],
      [archiveUrl("", { run }, "plots"), 'attachment; filename="plots.zip"'],
    ];
    for (const [path, name] of names) {
      const { status, headers, text } = await raw(url, path, { method: "HEAD" });
      assert.deepEqual([status, headers["content-disposition"], text], [200, name, ""]);
      assert.match(String(headers["content-security-policy"]), /sandbox/);
    }
  },

  "is refused in words where there is nothing, or no folder": async ({ services, url }) => {
    const { id: run } = await freshRun(services);
    const refusals: [string, number, RegExp][] = [
      [archiveUrl("", { run }), 404, /no files/],
      [archiveUrl("", { run }, "plots"), 404, /no folder 'plots'/],
      [`${archiveUrl("", { run })}?folder=..%2f..`, 400, /'\.\.' is not a name/],
      [`${archiveUrl("", { run })}?folder=%2fetc`, 400, /absolute/],
      [archiveUrl("", { run: "0".repeat(32) }), 404, /0{32}/],
      [archiveUrl("", { model: 99, number: 1 }), 404, /99/],
      ["/api/v1/models/x/versions/1/archive", 400, /'x'/],
    ];
    for (const [path, status, message] of refusals) {
      const answer = await raw(url, path);
      assert.equal(answer.status, status, `${path} ${answer.text}`);
      assert.match(answer.json.message, message);
    }
  },
});

describe("an archive whose files are lost on the disk", () => {
  const target = attackServer();

  it("breaks the line, and is no zip", async () => {
    const { get, put } = target;
    const id = await target.run();
    // More than is held back on the way: the answer has begun when the second file is missed.
    await put(`/api/v1/runs/${id}/artifacts/a-first.bin`, randomBytes(8_000_000));
    await put(`/api/v1/runs/${id}/artifacts/b-lost.bin`, randomBytes(300_000));
    const lost = (await get(`/api/v1/runs/${id}/revisions?path=b-lost.bin`)).json[0].digest as string;
    rmSync(join(target.cairn.dataDir, "blobs", lost.slice(0, 2), lost));
    await assert.rejects(get(`/api/v1/runs/${id}/archive`), /aborted|ECONNRESET|terminated|hang up/);
  });
});
