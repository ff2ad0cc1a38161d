// A version's source is text from outside that names files: of a run, of another version, of this machine.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Answer, openWorld, refusalOf, type World } from "./world.ts";

async function openWithRun(options: Parameters<typeof openWorld>[0] = {}) {
  const world = await openWorld(options);
  await world.post("/registered-models/create", { name: "m" });
  const run = await world.newRun();
  const uri: string = (await world.get("/runs/get", { run_id: run })).json().run.info.artifact_uri;
  return { world, run, uri, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

const proxy = (path: string) => `/api/2.0/mlflow-artifacts/artifacts/${path}`;

async function put(world: World, run: string, path: string, body: string): Promise<void> {
  const answer = await world.send("PUT", proxy(`0/${run}/artifacts/${path}`), { body });
  assert.equal(answer.status, 200, answer.text);
}

function create(world: World, source: string, body: object = {}): Promise<Answer> {
  return world.post("/model-versions/create", { name: "m", source, ...body });
}

async function uriOf(world: World, version: string, name = "m"): Promise<string> {
  return (await world.get("/model-versions/get-download-uri", { name, version })).json().artifact_uri;
}

async function read(world: World, uri: string, path: string): Promise<string> {
  const answer = await world.send("GET", proxy(`${uri.replace(/^mlflow-artifacts:\//, "")}/${path}`));
  return answer.status === 200 ? answer.text : refusalOf(answer);
}

describe("a version whose source is a run of ours", () => {
  it("has its files, under an address that stays though the run goes", async () => {
    await using opened = await openWithRun();
    const { world, run, uri } = opened;
    await put(world, run, "model/MLmodel", "flavors");
    await put(world, run, "model/data/w.bin", "weights");
    const sources = [
      [`${uri}/model`, { run_id: run }],
      [`${uri}/model/`, {}],
      [`runs:/${run}/model`, { run_id: run }],
      [`runs:/${run}/model`, {}],
    ] as const;
    for (const [index, [source, body]] of sources.entries()) {
      const made = (await create(world, source, body)).json().model_version;
      assert.deepEqual([made.source, made.version], [source, String(index + 1)]);
    }
    await world.services.runs.delete(run);
    await world.services.runs.purge(run);
    for (const version of ["1", "2", "3", "4"]) {
      const address = await uriOf(world, version);
      assert.match(address, /^mlflow-artifacts:\/model-versions\/\d+\/\d+\/files$/);
      assert.equal(await read(world, address, "data/w.bin"), "weights");
      const path = address.replace("mlflow-artifacts:/", "");
      const listed = await world.get("//api/2.0/mlflow-artifacts/artifacts", { path });
      assert.deepEqual(listed.json().files, [
        { path: "MLmodel", is_dir: false, file_size: 7 },
        { path: "data", is_dir: true },
      ]);
    }
    assert.equal((await get(world, "/model-versions/get-artifact", "1", "data/w.bin")).text, "weights");
    assert.equal((await get(world, "//model-versions/get-artifact", "1", "MLmodel")).text, "flavors");
    const answer = await get(world, "/model-versions/get-artifact", "1", "data/w.bin");
    assert.match(answer.headers["content-disposition"] ?? "", /^attachment/);
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
  });

  it("cannot be written to through the proxy, and a deleted one is not there", async () => {
    await using opened = await openWithRun();
    const { world, run, uri } = opened;
    await put(world, run, "model/a", "a");
    await create(world, `${uri}/model`, { run_id: run });
    const address = await uriOf(world, "1");
    const path = proxy(`${address.replace("mlflow-artifacts:/", "")}/b`);
    assert.match(refusalOf(await world.send("PUT", path, { body: "b" })), /sealed/);
    assert.match(refusalOf(await world.send("DELETE", path.replace(/b$/, "a"))), /sealed/);
    const { model, number } = await world.services.versions.resolve("m:1");
    await world.services.versions.delete(model, number);
    assert.match(await read(world, address, "a"), /No such artifact/);
  });

  it("keeps the URI alone where no file is", async () => {
    await using opened = await openWithRun();
    const { world, run, uri } = opened;
    for (const source of [`${uri}/model`, `runs:/${run}/model`, `runs:/${"0".repeat(32)}/model`]) {
      const { version } = (await create(world, source, { run_id: run })).json().model_version;
      assert.equal(await uriOf(world, version), source);
      const answer = await get(world, "/model-versions/get-artifact", version, "MLmodel");
      assert.equal(refusalOf(answer), "RESOURCE_DOES_NOT_EXIST: No such artifact: 'MLmodel'");
    }
  });
});

describe("a version whose source is not ours", () => {
  it("keeps the URI as text, and nothing is fetched from it", async () => {
    await using opened = await openWithRun();
    const { world } = opened;
    const sources = [
      "s3://bucket/model",
      "mlflow-artifacts:/models",
      "mlflow-artifacts:/models///",
      "mlflow-artifacts:/models/foo///bar",
      "mlflow-artifacts://host:9000/models/artifact/..../",
      "http://127.0.0.1:1/model",
      "models:/m-0123456789abcdef0123456789abcdef",
    ];
    for (const source of sources) {
      const answer = await create(world, source);
      assert.equal(answer.status, 200, `${source}: ${answer.text}`);
      const { version, model_id } = answer.json().model_version;
      assert.equal(await uriOf(world, version), source);
      assert.equal(model_id, source.startsWith("models:") ? source.slice(8) : undefined);
    }
  });

  it("is refused a path that leads elsewhere than it says", async () => {
    await using opened = await openWithRun();
    const { world, run } = opened;
    const sources = [
      "mlflow-artifacts://host:9000/models/../../../",
      "http://host:9000/models/../../../",
      "https://host/api/2.0/mlflow-artifacts/artifacts/../../../",
      "s3a://my_bucket/api/2.0/mlflow-artifacts/artifacts/../../../",
      "ftp://host:8888/api/2.0/mlflow-artifacts/artifacts/../../../",
      "mlflow-artifacts://host:9000/models/..%2f..%2fartifacts",
      "mlflow-artifacts://host:9000/models/artifact%00",
      "mlflow-artifacts://host:9000/models/%252e%252e%252fartifact",
      "mlflow-artifacts:/./models",
      "s3://bucket",
      `runs:/${run}/../../x`,
      `mlflow-artifacts:/0/${run}/artifacts/%2e%2e/x`,
    ];
    for (const source of sources) {
      const refusal = refusalOf(await create(world, source, { run_id: run }));
      assert.match(refusal, /^INVALID_PARAMETER_VALUE: Invalid model version source: .*as an http, https,/, source);
    }
  });

  it("is refused a path of this machine, unless it lies among the run's own files", async () => {
    await using opened = await openWithRun({ defaultArtifactRoot: "file:///data/root" });
    const { world, run, uri } = opened;
    const id = await world.newExperiment("local", { artifact_location: "file:///data/root" });
    const local = await world.newRun({ experiment_id: id });
    const root: string = (await world.get("/runs/get", { run_id: local })).json().run.info.artifact_uri;
    for (const source of [root, `${root}/model`, `${root.slice("file://".length)}/model`, `${root}/a/../b`]) {
      assert.equal((await create(world, source, { run_id: local })).status, 200, source);
    }
    const refused = [
      ["/etc/passwd", { run_id: local }],
      ["/etc/passwd", {}],
      ["file:///etc/passwd", { run_id: local }],
      [`${root}/../../x`, { run_id: local }],
      [`${root}/%2e%2e/%2e%2e/x`, { run_id: local }],
      [`${root}x`, { run_id: local }],
      [root, {}],
      [root, { run_id: run }],
      [root, { run_id: "nope" }],
      ["relative/path", { run_id: local }],
      ["file:///data/root", { run_id: local }],
      [uri.replace("mlflow-artifacts:", ""), { run_id: run }],
    ] as const;
    for (const [source, body] of refused) {
      const refusal = refusalOf(await create(world, source, body));
      assert.match(refusal, /^INVALID_PARAMETER_VALUE: .* the local path has to be contained within/, source);
    }
    const remote = await create(world, "file://123.456.789.123/path/to/source", { run_id: local });
    assert.match(refusalOf(remote), /^INTERNAL_ERROR: .* is not a valid remote uri\./);
  });

  it("is refused when it is longer than any path, however it is made, in no time", async () => {
    await using opened = await openWithRun();
    const { world, run } = opened;
    const long = [
      `s3://${"/".repeat(3_000_000)}x`,
      `${"../".repeat(1_000_000)}x`,
      `mlflow-artifacts:/${"%25".repeat(1_000_000)}`,
    ];
    for (const source of long)
      assert.match(refusalOf(await create(world, source, { run_id: run })), /characters; at most/);
    const longest = [`s3:/${"/".repeat(9000)}x`, `s3://a/${"%25".repeat(3000)}`, `models:/${"a/".repeat(4000)}`];
    for (const source of longest)
      assert.ok([200, 400].includes((await create(world, source)).status), source.slice(0, 20));
    for (const body of [
      { name: "x".repeat(3_000_000) },
      { name: `${"/".repeat(3_000_000)}x` },
      { run_id: "x".repeat(300) },
    ]) {
      assert.equal((await create(world, "s3://bucket/a", body)).status >= 400, true);
    }
    assert.deepEqual(world.lines, []);
  });

  it("must match what the operator asks of sources", async () => {
    await using opened = await openWithRun({ versionSourcePattern: /^s3:\/\/ours\// });
    assert.equal((await create(opened.world, "s3://ours/model")).status, 200);
    assert.equal(
      refusalOf(await create(opened.world, "s3://theirs/model")),
      "INVALID_PARAMETER_VALUE: Invalid model version source: 's3://theirs/model'.",
    );
  });

  it("takes no file of the machine for a prompt", async () => {
    await using opened = await openWithRun();
    const { world } = opened;
    const tags = [{ key: "mlflow.prompt.is_prompt", value: "true" }];
    for (const source of ["/etc/passwd", "file:///etc/passwd", "FILE:x"]) {
      assert.match(refusalOf(await create(world, source, { tags })), /^INVALID_PARAMETER_VALUE: Invalid prompt source/);
    }
    assert.equal((await create(world, "prompt-template", { tags })).status, 200);
  });
});

describe("a version whose source is another version", () => {
  it("is its copy, by number, alias, stage or latest", async () => {
    await using opened = await openWithRun();
    const { world, run, uri } = opened;
    await put(world, run, "model/a", "a");
    await world.post("/registered-models/create", { name: "copy" });
    await create(world, `${uri}/model`, { run_id: run, description: "d", tags: [{ key: "t", value: "1" }] });
    await world.post("/registered-models/alias", { name: "m", alias: "live", version: "1" });
    await world.post("/model-versions/transition-stage", { name: "m", version: "1", stage: "Staging" });
    for (const source of ["models:/m/1", "models:/m@live", "models:/m/Staging", "models:/m/latest"]) {
      const made = (await create(world, source, { name: "copy" })).json().model_version;
      assert.deepEqual(
        [made.source, made.run_id, made.description, made.tags, made.current_stage],
        [source, run, "", undefined, "None"],
      );
      assert.equal(await read(world, await uriOf(world, made.version, "copy"), "a"), "a");
    }
    await world.send("DELETE", "/api/2.0/mlflow/registered-models/delete", { body: '{"name":"m"}' });
    assert.equal(await read(world, await uriOf(world, "1", "copy"), "a"), "a");
  });

  it("leads to where the first one's files lie, when we have none", async () => {
    await using opened = await openWithRun();
    const { world } = opened;
    await create(world, "s3://bucket/model");
    await create(world, "models:/m/1");
    await create(world, "models:/m/2");
    assert.equal(await uriOf(world, "3"), "s3://bucket/model");
  });

  it("is refused when there is none, or when it is a prompt", async () => {
    await using opened = await openWithRun();
    const { world } = opened;
    await create(world, "s3://bucket/model");
    const tags = [{ key: "mlflow.prompt.is_prompt", value: "true" }];
    await world.post("/registered-models/create", { name: "p", tags });
    await create(world, "prompt-template", { name: "p", tags });
    const refusal = async (source: string) => refusalOf(await create(world, source));
    assert.match(await refusal("models:/nope/1"), /Registered Model with name=nope not found/);
    for (const ref of ["/9", "@nope", "/Production", "/nope"]) {
      assert.match(await refusal(`models:/m${ref}`), /^RESOURCE_DOES_NOT_EXIST: Model Version/);
    }
    assert.match(await refusal("models:/p/1"), /Prompt versions cannot be used/);
    for (const source of ["models:/m/1/2", "models://host/m/1", "models:/m@/1/x"]) {
      assert.match(await refusal(source), /^INVALID_PARAMETER_VALUE: Invalid model version source/);
    }
  });
});

function get(world: World, path: string, version: string, file: string): Promise<Answer> {
  const query = new URLSearchParams({ name: "m", version, path: file });
  return world.sendRaw("GET", `${path}?${query}`);
}
