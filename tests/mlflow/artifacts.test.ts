import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { INVALID_PATH, openWorld, refusalOf, type World } from "./world.ts";

const PROXY = "/api/2.0/mlflow-artifacts/artifacts";
const encode = (path: string) => path.split("/").map(encodeURIComponent).join("/");

async function put(world: World, path: string, body: string | Buffer, base = PROXY) {
  return world.send("PUT", `${base}/${encode(path)}`, {
    body: Buffer.from(body),
    headers: { "content-type": "text/html" },
  });
}

describe("the artifact proxy", () => {
  it("keeps a file under its run, and gives it back as an attachment of its own kind", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const root = `0/${run}/artifacts`;
    const stored = await put(world, `${root}/plots/page.html`, "<script>alert(1)</script>");
    assert.deepEqual([stored.status, stored.text], [200, "{}"]);
    const got = await world.send("GET", `${PROXY}/${root}/plots/page.html`);
    assert.equal(got.text, "<script>alert(1)</script>");
    assert.equal(got.headers["content-type"], "text/html");
    assert.match(got.headers["content-disposition"] ?? "", /^attachment; filename="page\.html"/);
    assert.equal(got.headers["x-content-type-options"], "nosniff");
    assert.equal(got.headers["content-length"], "25");
    assert.deepEqual((await world.services.artifacts.list(run)).items, [{ path: "plots", isFolder: true, size: 0 }]);
    assert.equal(
      (await world.send("GET", `/ajax-api/2.0/mlflow-artifacts/artifacts/${root}/plots/page.html`)).status,
      200,
    );
    await put(world, `${root}/MLmodel`, "flavors: {}");
    assert.equal((await world.send("GET", `${PROXY}/${root}/MLmodel`)).headers["content-type"], "text/plain");
    await put(world, `${root}/x.bin`, "");
    const empty = await world.send("GET", `${PROXY}/${root}/x.bin`);
    assert.deepEqual([empty.status, empty.text, empty.headers["content-type"]], [200, "", "application/octet-stream"]);
  });

  it("keeps names of any script, and files of any bytes", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    for (const name of ["ü ñ 😀.bin", 'it\'s "quoted".txt', "a&b=c+d?.txt", "100%.txt", "semi;colon,comma"]) {
      const path = `0/${run}/artifacts/${name}`;
      assert.equal((await put(world, path, bytes)).status, 200, name);
      const got = await world.send("GET", `${PROXY}/${encode(path)}`);
      assert.deepEqual(got.bytes, bytes, name);
      assert.match(got.headers["content-disposition"] ?? "", /^attachment; filename=/);
      assert.ok(!/[^\x20-\x7e]/.test(got.headers["content-disposition"] ?? ""), "headers are ASCII");
    }
  });

  it("lists base names, folders without a size, and nothing below a file", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const root = `0/${run}/artifacts`;
    for (const path of ["b.txt", "a/x.txt", "a/y.txt"]) await put(world, `${root}/${path}`, "12");
    const list = async (path: string) => (await world.get("//api/2.0/mlflow-artifacts/artifacts", { path })).json();
    const file = (path: string) => ({ path, is_dir: false, file_size: 2 });
    assert.deepEqual(await list(root), { files: [{ path: "a", is_dir: true }, file("b.txt")] });
    assert.deepEqual(await list(`${root}/a`), { files: [file("x.txt"), file("y.txt")] });
    assert.deepEqual(await list(`${root}/b.txt`), {});
    assert.deepEqual(await list(`${root}/nothing`), {});
    assert.deepEqual((await world.get("//api/2.0/mlflow-artifacts/artifacts")).json(), {});
  });

  it("deletes a file, a folder, or all of a run's, and takes nothing there for done", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const root = `0/${run}/artifacts`;
    for (const path of ["b.txt", "a/x.txt", "a/y.txt", "c"]) await put(world, `${root}/${path}`, "1");
    const left = async () => (await world.services.artifacts.list(run)).items.map(({ path }) => path);
    const remove = async (path: string) => (await world.send("DELETE", `${PROXY}/${path}`)).text;
    assert.equal(await remove(`${root}/a`), "{}");
    assert.deepEqual(await left(), ["b.txt", "c"]);
    assert.equal(await remove(`${root}/a`), "{}");
    assert.equal(await remove(root), "{}");
    assert.deepEqual(await left(), []);
  });

  it("gives a part when asked for one, and 304 to who has it already", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const url = `${PROXY}/0/${run}/artifacts/x.txt`;
    await put(world, `0/${run}/artifacts/x.txt`, "0123456789");
    const get = (headers: Record<string, string>) => world.send("GET", url, { headers });
    const part = await get({ range: "bytes=2-4" });
    assert.deepEqual(
      [part.status, part.text, part.headers["content-range"], part.headers["content-length"]],
      [206, "234", "bytes 2-4/10", "3"],
    );
    assert.equal((await get({ range: "bytes=-3" })).text, "789");
    const beyond = await get({ range: "bytes=10-" });
    assert.deepEqual([beyond.status, beyond.headers["content-range"]], [416, "bytes */10"]);
    const etag = part.headers["etag"] ?? "";
    assert.match(etag, /^"[0-9a-f]{64}"$/);
    assert.equal((await get({ "if-none-match": etag })).status, 304);
    assert.equal((await get({ range: "bytes=2-4", "if-range": etag })).status, 206);
    assert.equal((await get({ range: "bytes=2-4", "if-range": '"other"' })).text, "0123456789");
    const head = await world.send("HEAD", url);
    assert.deepEqual([head.status, head.text, head.headers["content-length"]], [200, "", "10"]);
  });

  it("keeps what no run owns as loose files, never in a run that is not at that path", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const other = await world.newExperiment("other");
    for (const path of [
      "shared/x.txt",
      `${other}/${run}/artifacts/x.txt`,
      `0/${"0".repeat(32)}/artifacts/x.txt`,
      `0/${run}/x.txt`,
    ]) {
      assert.equal((await put(world, path, path)).status, 200, path);
      assert.equal((await world.send("GET", `${PROXY}/${path}`)).text, path);
      assert.ok(await world.services.files.find(path), path);
    }
    assert.deepEqual((await world.services.artifacts.list(run)).items, []);
  });

  it("gives a path to the run whose location is its longest prefix", async () => {
    await using world = await openWorld();
    const outer = await world.newRun();
    const experiment_id = await world.newExperiment("inner", {
      artifact_location: `mlflow-artifacts:/0/${outer}/artifacts/deep`,
    });
    const inner = await world.newRun({ experiment_id });
    await put(world, `0/${outer}/artifacts/deep/${inner}/artifacts/x.txt`, "inner");
    assert.deepEqual(
      (await world.services.artifacts.list(inner)).items.map(({ path }) => path),
      ["x.txt"],
    );
    assert.deepEqual((await world.services.artifacts.list(outer)).items, []);
    const hosted = await world.newExperiment("hosted", { artifact_location: "mlflow-artifacts://host:5000/team" });
    const run = await world.newRun({ experiment_id: hosted });
    await put(world, `team/${run}/artifacts/y.txt`, "y");
    assert.equal((await world.services.artifacts.list(run)).items.length, 1);
  });

  it("writes nothing into a deleted run", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    await world.post("/runs/delete", { run_id: run });
    assert.match(refusalOf(await put(world, `0/${run}/artifacts/x`, "1")), /must be in the 'active' state/);
  });

  it("refuses every path that leads elsewhere, however it is encoded", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const root = `0/${run}/artifacts`;
    const paths = [
      "%2e%2e/x",
      "%252e%252e/x",
      "%25252e%25252e%25252fx",
      "a/%2e%2e/%2e%2e/x",
      "..%2fx",
      "%2Fetc%2Fpasswd",
      "..%5cx",
      "a%5c..%5cx",
      "C%3A%5Cx",
      "x%00.txt",
      "x%2500",
      "a%23b",
      "%0a",
      "a%2f%2fb",
    ];
    for (const path of paths) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const answer = await world.sendRaw(method, `${PROXY}/${root}/${path}`, "x");
        assert.match(refusalOf(answer), INVALID_PATH, `${method} ${path}`);
      }
      const list = await world.send("GET", `${PROXY}?path=${root}/${path}`);
      assert.match(refusalOf(list), INVALID_PATH, `list ${path}`);
    }
    // No UTF-8: the router itself refuses it.
    assert.equal((await world.sendRaw("GET", `${PROXY}/${root}/%c0%ae%c0%ae/x`)).status, 400);
    const long = await put(world, `${root}/${"n".repeat(256)}`, "x");
    assert.match(refusalOf(long), INVALID_PATH);
    assert.deepEqual((await world.services.files.list()).items, []);
    assert.deepEqual(world.lines, []);
  });

  it("says of a missing file that there is no such artifact", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    await put(world, `0/${run}/artifacts/a/x`, "1");
    for (const path of [`0/${run}/artifacts/nope.txt`, `0/${run}/artifacts/a`, "loose", `0/${run}/artifacts`]) {
      assert.equal(
        refusalOf(await world.send("GET", `${PROXY}/${path}`)),
        `RESOURCE_DOES_NOT_EXIST: No such artifact: '${path}'`,
      );
    }
    assert.match(
      refusalOf(await put(world, `0/${run}/artifacts/a/x/y`, "1")),
      /^(RESOURCE_ALREADY_EXISTS|INVALID_PARAMETER_VALUE)/,
    );
    assert.match(refusalOf(await put(world, `0/${run}/artifacts`, "1")), /Invalid path/);
  });

  it("does not do presigned uploads by run, in the words after which clients do without", async () => {
    await using world = await openWorld();
    const upload = await world.post("/artifacts/presigned-upload-url", { run_id: "x", path: "y" });
    assert.equal(
      refusalOf(upload),
      "NOT_IMPLEMENTED: Presigned upload is not supported for the current artifact repository",
    );
    assert.deepEqual(world.lines, []);
  });
});

describe("a run's artifacts", () => {
  it("are listed by their paths below the run, with its root", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    for (const path of ["b.txt", "a/x.txt"]) await put(world, `0/${run_id}/artifacts/${path}`, "123");
    const list = async (path?: string) =>
      (await world.get("/artifacts/list", { run_id, ...(path === undefined ? {} : { path }) })).json();
    const root_uri = `mlflow-artifacts:/0/${run_id}/artifacts`;
    assert.deepEqual(await list(), {
      root_uri,
      files: [
        { path: "a", is_dir: true },
        { path: "b.txt", is_dir: false, file_size: 3 },
      ],
    });
    assert.deepEqual(await list("a"), { root_uri, files: [{ path: "a/x.txt", is_dir: false, file_size: 3 }] });
    assert.deepEqual(await list("a/x.txt"), { root_uri });
    assert.match(refusalOf(await world.get("/artifacts/list", { run_id, path: "../x" })), INVALID_PATH);
    assert.match(refusalOf(await world.get("/artifacts/list", { run_id: "x" })), /^RESOURCE_DOES_NOT_EXIST/);
    assert.match(refusalOf(await world.get("/artifacts/list")), /Missing value for required parameter 'run_id'/);
  });

  it("are downloaded by run and path", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    await put(world, `0/${run_id}/artifacts/a/x.json`, "{}");
    const get = (query: Record<string, string>) => world.get("//get-artifact", query);
    const got = await get({ run_id, path: "a/x.json" });
    assert.deepEqual([got.text, got.headers["content-type"]], ["{}", "text/plain"]);
    assert.equal((await get({ run_uuid: run_id, path: "a/x.json" })).text, "{}");
    assert.equal(refusalOf(await get({ run_id, path: "a" })), "RESOURCE_DOES_NOT_EXIST: No such artifact: 'a'");
    assert.match(refusalOf(await get({ run_id, path: "%2e%2e/x" })), /: Invalid path '\.\.\/x': '\.\.' is not a name/);
    assert.match(refusalOf(await get({ run_id })), INVALID_PATH);
    assert.match(refusalOf(await get({ path: "a" })), /^RESOURCE_DOES_NOT_EXIST/);
  });

  it("are uploaded from a page, up to 10 MB", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const upload = (query: string, body: Buffer) =>
      world.send("POST", `/ajax-api/2.0/mlflow/upload-artifact?${query}`, {
        body,
        headers: { "content-type": "image/png" },
      });
    assert.equal((await upload(`run_uuid=${run}&path=a/x.png`, Buffer.from("png"))).status, 200);
    assert.equal((await world.get("//get-artifact", { run_id: run, path: "a/x.png" })).text, "png");
    const refusals: readonly (readonly [string, Buffer, string])[] = [
      ["path=x", Buffer.from("1"), "Request must specify run_uuid."],
      [`run_uuid=${run}`, Buffer.from("1"), "Request must specify path."],
      [`run_uuid=${run}&path=x`, Buffer.alloc(0), "Request must specify data."],
      [`run_uuid=${run}&path=x`, Buffer.alloc(10 * 1024 * 1024 + 1), "Artifact size is too large. Max size is 10MB."],
    ];
    for (const [query, body, message] of refusals) {
      assert.equal(refusalOf(await upload(query, body)), `INVALID_PARAMETER_VALUE: ${message}`);
    }
    assert.match(refusalOf(await upload(`run_uuid=${run}&path=../x`, Buffer.from("1"))), INVALID_PATH);
  });
});
