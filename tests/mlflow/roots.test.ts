// test-timeout: 200 s
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { createClient } from "@cairn/client";
import { postJson, raw } from "../services/support/raw.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { pythonEnv } from "../support/python.ts";
import { runScenarios } from "../support/scenarios.ts";

await pythonEnv();

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "cairn-roots-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const api = "/api/2.0/mlflow";

async function newRun(cairn: CairnProcess, experiment_id: string): Promise<string> {
  return (await postJson(cairn.url, `${api}/runs/create`, { experiment_id })).json.run.info.run_id;
}

describe("--default-artifact-root file:///…", () => {
  it("lets the client write to disk, and lists and serves what stands below it, nothing else", async (test) => {
    const root = join(folder, "root");
    const href = pathToFileURL(root).href;
    await using cairn = await startCairn({ args: ["--default-artifact-root", href] });
    const { results, output, status } = await runScenarios("mlflow", "roots.py", cairn.url, { ROOT: root });
    for (const { name, error } of results) await test.test(name, () => assert.ok(error === null, `\n${error}`));
    assert.equal(status, 0, output);
    const run = /^RUN ([0-9a-f]{32})$/m.exec(output)?.[1] ?? "";
    const model = /^MODEL (m-[0-9a-f]{32})$/m.exec(output)?.[1] ?? "";
    const served = await raw(cairn.url, `/get-artifact?run_id=${run}&path=notes/a.txt`);
    assert.equal(served.text, "hello");
    assert.match(String(served.headers["content-disposition"]), /^attachment/);
    const files = await raw(
      cairn.url,
      `/ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files?artifact_file_path=MLmodel`,
    );
    assert.match(files.text, /flavors/);
    const client = createClient(cairn.url);
    assert.deepEqual((await client.artifacts.list(run)).items, [{ path: "notes", isFolder: true, size: 0 }]);
    assert.ok((await client.checkpointFiles.list(model)).items.some(({ path }) => path === "MLmodel"));

    // What the server was not told of stays out of sight, be it by link or by a location elsewhere.
    const { experiment } = await client.runs.get(run);
    writeFileSync(join(folder, "secret"), "secret");
    symlinkSync(join(folder, "secret"), join(root, String(experiment), run, "artifacts", "link"));
    assert.deepEqual(
      (await client.artifacts.list(run)).items.map(({ path }) => path),
      ["notes"],
    );
    assert.equal((await raw(cairn.url, `/get-artifact?run_id=${run}&path=link`)).status, 403);
    for (const artifact_location of [pathToFileURL(folder).href, `${href}-other`, folder]) {
      const made = await postJson(cairn.url, `${api}/experiments/create`, {
        name: artifact_location,
        artifact_location,
      });
      const other = await newRun(cairn, made.json.experiment_id);
      const place = join(
        artifact_location.startsWith("file:") ? new URL(artifact_location).pathname : folder,
        other,
        "artifacts",
      );
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "a.txt"), "outside");
      const listed = await raw(cairn.url, `${api}/artifacts/list?run_id=${other}`);
      assert.equal(listed.json.files, undefined, artifact_location);
      assert.equal((await raw(cairn.url, `/get-artifact?run_id=${other}&path=a.txt`)).status, 404);
    }

    // They are the client's: the server neither writes nor removes them, not even with their run.
    const upload = await raw(cairn.url, `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${run}&path=b.txt`, {
      method: "POST",
      body: "b",
      headers: { "content-type": "application/octet-stream" },
    });
    assert.equal(upload.status, 501, upload.text);
    await client.runs.delete(run);
    await client.runs.purge(run);
    assert.ok(existsSync(join(root, String(experiment), run, "artifacts", "notes", "a.txt")));
  });
});

describe("--artifacts-destination", () => {
  it("keeps proxied files of runs and models as plain files, which go with their owner", async () => {
    const root = join(folder, "plain");
    await using cairn = await startCairn({ args: ["--artifacts-destination", root] });
    const client = createClient(cairn.url);
    const run = await newRun(cairn, "0");
    const model = await client.checkpoints.create({ run });
    const places = [`0/${run}/artifacts`, `0/models/${model.id}/artifacts`];
    for (const place of places) {
      const path = `/api/2.0/mlflow-artifacts/artifacts/${place}/deep/a.txt`;
      assert.equal((await raw(cairn.url, path, { method: "PUT", body: "plain" })).status, 200);
      assert.equal((await raw(cairn.url, path)).text, "plain");
      assert.ok(existsSync(join(root, place, "deep", "a.txt")));
    }
    const { id } = await client.uploads.open();
    await client.uploads.continue(id, 0, one("in parts"));
    await client.uploads.finish(id, { checkpoint: model.id, path: "w.bin" });
    assert.ok(existsSync(join(root, `0/models/${model.id}/artifacts/w.bin`)));
    for (const path of [`0/models/${model.id}/x`, "0/models", `0/${run}`]) {
      const loose = await raw(cairn.url, `/api/v1/files/${path}`, { method: "PUT", body: "x" });
      assert.equal(loose.status, 403, path);
    }
    await client.checkpoints.delete(model.id);
    await client.checkpoints.purge(model.id);
    assert.deepEqual(readdirSync(join(root, "0", "models")), []);
    assert.ok(existsSync(join(root, places[0] ?? "", "deep", "a.txt")));
  });
});

describe("--static-prefix", () => {
  it("is where the client finds everything, models too", async (test) => {
    await using cairn = await startCairn({ args: ["--static-prefix", "/ml"] });
    const { results, status, output } = await runScenarios("mlflow", "transfers.py", `${cairn.url}/ml`);
    for (const { name, error } of results) await test.test(name, () => assert.ok(error === null, `\n${error}`));
    assert.equal(status, 0, output);
    assert.equal((await raw(cairn.url, `${api}/experiments/get?experiment_id=0`)).status, 404);
  });
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
