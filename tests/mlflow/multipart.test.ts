import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { INVALID_PATH, openWorld, refusalOf, type World } from "./world.ts";

const BASE = "/api/2.0/mlflow-artifacts";

/** The part of an absolute URL that `inject` takes. */
function pathOf(url: string): string {
  const { pathname, host } = new URL(url);
  assert.notEqual(host, "");
  return pathname;
}

const create = (world: World, folder: string, path: string, num_parts: number) =>
  world.post(`/${BASE}/mpu/create/${folder}`, { path, num_parts });

async function sendParts(world: World, credentials: { url: string; part_number: number }[], parts: string[]) {
  const sent: object[] = [];
  // Backwards, because clients send them side by side.
  for (const { url, part_number } of credentials.toReversed()) {
    const answer = await world.send("PUT", pathOf(url), { body: parts[part_number - 1] ?? "" });
    assert.equal(answer.status, 200, answer.text);
    sent.push({ part_number, etag: answer.headers["etag"], url });
  }
  return sent;
}

describe("a file in parts", () => {
  it("becomes a run's file, whatever order its parts came in", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const folder = `0/${run}/artifacts/deep`;
    const created = await create(world, folder, "/mnt/x/model.bin", 3);
    const { upload_id, credentials } = created.json();
    assert.equal(credentials.length, 3);
    assert.deepEqual(credentials[0].headers, {});
    const parts = await sendParts(world, credentials, ["first ", "second ", "third"]);
    const first = credentials[0].url;
    assert.equal((await world.send("PUT", pathOf(first), { body: "FIRST " })).status, 200, "sent again");
    const body = { path: "/mnt/x/model.bin", upload_id, parts };
    assert.equal((await world.post(`/${BASE}/mpu/complete/${folder}`, body)).text, "{}");
    const got = await world.send("GET", `${BASE}/artifacts/${folder}/model.bin`);
    assert.equal(got.text, "FIRST second third");
    assert.equal((await world.services.artifacts.list(run, "deep")).items.length, 1);
    assert.equal((await world.post(`/${BASE}/mpu/complete/${folder}`, body)).text, "{}", "the answer was lost");
    assert.equal((await world.services.artifacts.revisions(run, "deep/model.bin")).length, 1);
  });

  it("becomes a logged model's, or a loose one, by its path alone; a name from Windows is a name", async () => {
    await using world = await openWorld();
    const { info } = (await world.post("/logged-models", { experiment_id: "0" })).json().model;
    for (const folder of [`0/models/${info.model_id}/artifacts`, "shared"]) {
      const path = "C:\\models\\net.bin";
      const { upload_id, credentials } = (await create(world, folder, path, 1)).json();
      const parts = await sendParts(world, credentials, ["bytes"]);
      assert.equal((await world.post(`/${BASE}/mpu/complete/${folder}`, { path, upload_id, parts })).status, 200);
      assert.equal((await world.send("GET", `${BASE}/artifacts/${folder}/net.bin`)).text, "bytes");
    }
    assert.equal((await world.services.checkpointFiles.list(info.model_id)).items[0]?.path, "net.bin");
  });

  it("is refused where a part is missing, altered, or the run takes no files; and can then be mended", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const folder = `0/${run}/artifacts`;
    const { upload_id, credentials } = (await create(world, folder, "a.bin", 2)).json();
    const complete = (parts: object[]) =>
      world.post(`/${BASE}/mpu/complete/${folder}`, { path: "a.bin", upload_id, parts });
    const parts = await sendParts(world, credentials.slice(0, 1), ["one"]);
    const two = { part_number: 2, etag: '"2-3"' };
    assert.match(refusalOf(await complete([...parts, two])), /^INVALID_PARAMETER_VALUE: Part 2 .* has not come/);
    await sendParts(world, credentials.slice(1), ["", "longer"]);
    assert.match(refusalOf(await complete([...parts, two])), /^INVALID_PARAMETER_VALUE: Part 2 .* has 6 bytes, not 3/);
    await world.post("/runs/delete", { run_id: run });
    const all = [...parts, { part_number: 2, etag: "foreign" }];
    assert.match(refusalOf(await complete(all)), /must be in the 'active' state/);
    assert.equal((await world.services.uploads.get(upload_id)).received, 9);
  });

  it("is given up by abort, once or twice", async () => {
    await using world = await openWorld();
    const { upload_id, credentials } = (await create(world, "x", "a.bin", 1)).json();
    const abort = (id: string) => world.post(`/${BASE}/mpu/abort/x`, { path: "a.bin", upload_id: id });
    await sendParts(world, credentials, ["a"]);
    assert.equal((await abort(upload_id)).text, "{}");
    assert.equal((await abort(upload_id)).text, "{}");
    assert.equal((await abort("nonsense")).text, "{}");
    assert.equal((await world.send("PUT", pathOf(credentials[0].url), { body: "a" })).status, 404);
  });

  it("has 1 to 10 000 parts, a path that cannot leave, and a body that is JSON", async () => {
    await using world = await openWorld();
    for (const count of [0, -1, 10_001]) {
      assert.match(refusalOf(await create(world, "x", "a.bin", count)), /parameter 'num_parts'/);
    }
    assert.equal((await create(world, "x", "a.bin", 10_000)).json().credentials.length, 10_000);
    assert.match(refusalOf(await world.post(`/${BASE}/mpu/create/x`, { num_parts: 1 })), /required parameter 'path'/);
    for (const folder of ["%252e%252e/x", "x/%2e%2e%2fy", "C:/x"]) {
      assert.match(refusalOf(await create(world, folder, "a.bin", 1)), INVALID_PATH, folder);
    }
    assert.match(refusalOf(await create(world, "x", "..", 1)), INVALID_PATH);
    assert.match(refusalOf(await world.send("POST", `${BASE}/mpu/create/x`, { body: "{}" })), /Content-Type/);
    const { credentials } = (await create(world, "x", "a.bin", 1)).json();
    assert.match(
      refusalOf(await world.send("PUT", `${pathOf(credentials[0].url)}0001`, { body: "a" })),
      /number of a part/,
    );
    assert.equal((await world.send("PUT", `${BASE}/mpu/part/..%2f..%2fx/1`, { body: "a" })).status, 404);
    assert.equal((await world.send("PUT", `${pathOf(credentials[0].url)}x`, { body: "a" })).status, 404);
  });
});

describe("a download by URL", () => {
  it("is the proxy's own, which answers ranges; its URL is the one that the client reached us by", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const path = `0/${run}/artifacts/a b/ü?.bin`;
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    await world.send("PUT", `${BASE}/artifacts/${encoded}`, { body: "0123456789" });
    const { url, headers, file_size } = (await world.get(`/${BASE}/presigned/${encoded}`)).json();
    assert.deepEqual([headers, file_size], [{}, 10]);
    assert.match(url, /^http:\/\/localhost(:80)?\/api\/2\.0\/mlflow-artifacts\/artifacts\/0\//);
    const part = await world.send("GET", pathOf(url), { headers: { range: "bytes=2-4" } });
    assert.deepEqual([part.status, part.text], [206, "234"]);
    assert.match(refusalOf(await world.get(`/${BASE}/presigned/0/none`)), /^RESOURCE_DOES_NOT_EXIST: No such artifact/);
    assert.match(refusalOf(await world.get(`/${BASE}/presigned/%252e%252e/x`)), INVALID_PATH);
  });

  it("names the public URL, and the static prefix, where there are such", async () => {
    await using world = await openWorld({ server: { staticPrefix: "/c", publicUrl: "https://ml.example.org/c" } });
    const upload = await world.send("PUT", `/c${BASE}/artifacts/x/a.bin`, { body: "1" });
    assert.equal(upload.status, 200, upload.text);
    const { url } = (await world.get(`//c${BASE}/presigned/x/a.bin`)).json();
    assert.equal(url, `https://ml.example.org/c${BASE}/artifacts/x/a.bin`);
    const created = await world.post(`//c${BASE}/mpu/create/x`, { path: "b.bin", num_parts: 1 });
    assert.match(
      created.json().credentials[0].url,
      /^https:\/\/ml\.example\.org\/c\/api\/2\.0\/mlflow-artifacts\/mpu\/part\/[0-9a-f]{32}\/1$/,
    );
  });
});
