import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Answer, openWorld, refusalOf, type World } from "./world.ts";

function send(world: World, method: "PATCH" | "DELETE", path: string, body: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return world.send(method, `/api/2.0/mlflow${path}`, { body: JSON.stringify(body), headers });
}

async function openWithModel(): Promise<World> {
  const world = await openWorld();
  await world.post("/registered-models/create", { name: "m" });
  return world;
}

function create(world: World, body: object = {}): Promise<Answer> {
  return world.post("/model-versions/create", { name: "m", source: "s3://bucket/model", ...body });
}

const get = (world: World, version: string, name = "m") => world.get("/model-versions/get", { name, version });
const numbersOf = (list: readonly { version: string }[] = []) => list.map(({ version }) => version);

describe("a model version on the wire", () => {
  it("has the fields that proto2 gives it", async () => {
    await using world = await openWithModel();
    const made = (await create(world)).json().model_version;
    const { creation_timestamp, last_updated_timestamp, ...rest } = made;
    assert.deepEqual(rest, {
      name: "m",
      version: "1",
      user_id: "",
      current_stage: "None",
      description: "",
      source: "s3://bucket/model",
      run_id: "",
      status: "READY",
      run_link: "",
    });
    assert.ok(Number.isInteger(creation_timestamp) && last_updated_timestamp >= creation_timestamp);
    assert.deepEqual((await get(world, "1")).json().model_version, made);
    const full = {
      run_id: "0123456789abcdef0123456789abcdef",
      run_link: "https://example.org/run",
      description: "d",
      model_id: "m-12",
      tags: [{ key: "a", value: "b" }],
    };
    const second = (await create(world, full)).json().model_version;
    for (const [key, value] of Object.entries(full)) assert.deepEqual(second[key], value, key);
    assert.equal(second.version, "2");
  });

  it("is not found by a model, number or word that there is not", async () => {
    await using world = await openWithModel();
    const none = (name: string, version: string) =>
      `RESOURCE_DOES_NOT_EXIST: Model Version (name=${name}, version=${version}) not found`;
    const paths = ["/model-versions/get", "/model-versions/get-download-uri"];
    for (const path of paths) {
      assert.equal(refusalOf(await world.get(path, { name: "m", version: "1" })), none("m", "1"));
      assert.equal(refusalOf(await world.get(path, { name: "nope", version: "1" })), none("nope", "1"));
      assert.equal(refusalOf(await world.get(path, { name: "m", version: "-1" })), none("m", "-1"));
      assert.equal(
        refusalOf(await world.get(path, { name: "m", version: "one" })),
        "INVALID_PARAMETER_VALUE: Parameter 'version' must be an integer, got 'one'.",
      );
      assert.match(refusalOf(await world.get(path, { name: "m" })), /required parameter 'version'/);
    }
    const version = { name: "m", version: "7" };
    const acts = [
      send(world, "PATCH", "/model-versions/update", { ...version, description: "x" }),
      send(world, "DELETE", "/model-versions/delete", version),
      world.post("/model-versions/transition-stage", { ...version, stage: "Staging" }),
      world.post("/model-versions/set-tag", { ...version, key: "a", value: "b" }),
      send(world, "DELETE", "/model-versions/delete-tag", { ...version, key: "a" }),
    ];
    for (const act of acts) assert.equal(refusalOf(await act), none("m", "7"));
    assert.equal(
      refusalOf(await create(world, { name: "nope" })),
      "RESOURCE_DOES_NOT_EXIST: Registered Model with name=nope not found",
    );
    assert.match(refusalOf(await create(world, { source: "" })), /required parameter 'source'/);
    assert.match(refusalOf(await create(world, { name: "a/b" })), /Names cannot contain/);
  });

  it("is described and tagged", async () => {
    await using world = await openWithModel();
    await create(world);
    const version = { name: "m", version: "1" };
    const update = await send(world, "PATCH", "/model-versions/update", { ...version, description: "new" });
    assert.equal(update.json().model_version.description, "new");
    const set = (key: string, value?: string) => world.post("/model-versions/set-tag", { ...version, key, value });
    assert.equal((await set("a", "1")).text, "{}");
    await set("a", "2");
    await set("b");
    assert.deepEqual((await get(world, "1")).json().model_version.tags, [
      { key: "a", value: "2" },
      { key: "b", value: "" },
    ]);
    assert.equal((await set("big", "v".repeat(100_000))).status, 200);
    assert.match(refusalOf(await set("k", "v".repeat(100_001))), /'value' exceeds the maximum length of 100000/);
    assert.match(refusalOf(await set("k".repeat(251))), /'key' exceeds the maximum length of 250/);
    for (const _ of [1, 2]) {
      assert.equal((await send(world, "DELETE", "/model-versions/delete-tag", { ...version, key: "a" })).text, "{}");
    }
    assert.equal((await get(world, "1")).json().model_version.tags.length, 2);
  });

  it("moves through stages, and may archive those that were there", async () => {
    await using world = await openWithModel();
    for (const _ of [1, 2, 3]) await create(world);
    const move = (version: string, stage: string, archive_existing_versions: unknown = false) =>
      world.post("/model-versions/transition-stage", { name: "m", version, stage, archive_existing_versions });
    assert.equal((await move("1", "production")).json().model_version.current_stage, "Production");
    await move("2", "STAGING");
    assert.equal((await move("3", "Production", true)).json().model_version.current_stage, "Production");
    assert.equal((await get(world, "1")).json().model_version.current_stage, "Archived");
    assert.equal((await move("1", "none")).json().model_version.current_stage, "None");
    assert.equal(
      refusalOf(await move("1", "unknown")),
      "INVALID_PARAMETER_VALUE: Invalid Model Version stage: unknown. Value must be one of None, Staging, Production, Archived.",
    );
    assert.match(
      refusalOf(await move("1", "Archived", true)),
      /cannot archive existing model versions because 'Archived' is not an Active stage/,
    );
    assert.match(refusalOf(await move("1", "")), /required parameter 'stage'/);
    const latest = async (stages?: readonly string[]) =>
      numbersOf(
        (await world.post("/registered-models/get-latest-versions", { name: "m", stages })).json().model_versions,
      );
    assert.deepEqual(await latest(), ["1", "2", "3"]);
    assert.deepEqual(await latest(["production"]), ["3"]);
    assert.deepEqual(await latest(["Archived"]), []);
    const byGet = await world.get("/registered-models/get-latest-versions", { name: "m", stages: ["None", "Staging"] });
    assert.deepEqual(numbersOf(byGet.json().model_versions), ["1", "2"]);
    assert.match(
      refusalOf(await world.post("/registered-models/get-latest-versions", { name: "m", stages: ["x"] })),
      /Invalid Model Version stage: x/,
    );
    assert.match(
      refusalOf(await world.post("/registered-models/get-latest-versions", { name: "n" })),
      /name=n not found/,
    );
    const model = (await world.get("/registered-models/get", { name: "m" })).json().registered_model;
    assert.deepEqual(numbersOf(model.latest_versions), ["1", "2", "3"]);
  });

  it("is gone when deleted, with its aliases, and its number does not come back", async () => {
    await using world = await openWithModel();
    for (const _ of [1, 2]) await create(world);
    await world.post("/registered-models/alias", { name: "m", alias: "a", version: "2" });
    const version = { name: "m", version: "2" };
    assert.equal((await send(world, "DELETE", "/model-versions/delete", version)).text, "{}");
    assert.match(refusalOf(await get(world, "2")), /Model Version \(name=m, version=2\) not found/);
    assert.match(refusalOf(await send(world, "DELETE", "/model-versions/delete", version)), /not found/);
    assert.match(
      refusalOf(await world.get("/registered-models/alias", { name: "m", alias: "a" })),
      /Registered model alias a not found/,
    );
    assert.equal((await create(world)).json().model_version.version, "3");
  });

  it("gets numbers that follow each other, though many ask at once", async () => {
    await using world = await openWithModel();
    const made = await Promise.all(Array.from({ length: 20 }, () => create(world)));
    assert.deepEqual(
      made.map((answer) => Number(answer.json().model_version.version)).sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });
});

describe("a search for model versions", () => {
  it("filters by name, run, source, number and tags, in MLflow's words", async () => {
    await using world = await openWithModel();
    await world.post("/registered-models/create", { name: "n" });
    const run = "0".repeat(31);
    await create(world, { run_id: `${run}1`, source: "s3://a/x", tags: [{ key: "t", value: "1" }] });
    await create(world, { run_id: `${run}2`, source: "s3://a/y" });
    await create(world, { name: "n", run_id: `${run}1`, source: "s3://b/x" });
    const found = async (filter: string, more = {}) =>
      (
        (await world.get("/model-versions/search", { filter, order_by: ["name", "version_number"], ...more })).json()
          .model_versions ?? []
      ).map(({ name, version }: { name: string; version: string }) => `${name}${version}`);
    assert.deepEqual(await found(""), ["m1", "m2", "n1"]);
    assert.deepEqual(await found("name = 'm'"), ["m1", "m2"]);
    assert.deepEqual(await found("name LIKE 'm%' AND version_number > 1"), ["m2"]);
    assert.deepEqual(await found("version_number != 1"), ["m2"]);
    assert.deepEqual(await found(`run_id = '${run}1'`), ["m1", "n1"]);
    assert.deepEqual(await found(`run_id IN ('${run}1', '${run}2')`), ["m1", "m2", "n1"]);
    assert.deepEqual(await found("source_path ILIKE 'S3://A/%'"), ["m1", "m2"]);
    assert.deepEqual(await found("tags.t = '1'"), ["m1"]);
    assert.deepEqual(await found("tags.t != '2'"), ["m1"]);
    assert.deepEqual(await found("", { order_by: ["name DESC"] }), ["n1", "m2", "m1"]);
    assert.deepEqual(await found("", { order_by: ["version_number ASC", "name DESC"] }), ["n1", "m1", "m2"]);
    assert.deepEqual(await found("", { order_by: ["creation_timestamp DESC"] }).then((all) => all.length), 3);
    const refusal = async (query: Record<string, string | readonly string[]>) =>
      refusalOf(await world.get("/model-versions/search", query));
    assert.match(await refusal({ filter: "size = 'x'" }), /Invalid attribute key 'size' specified/);
    assert.match(await refusal({ filter: "params.a = 'x'" }), /Invalid entity type 'params'/);
    assert.match(await refusal({ filter: "version_number = 1.5" }), /Invalid value for numeric attribute/);
    assert.match(
      await refusal({ filter: "version_number LIKE '1'" }),
      /Invalid comparator for attribute version_number/,
    );
    assert.match(await refusal({ filter: "version_number = 'x'" }), /Expected numeric value/);
    assert.match(await refusal({ filter: "name = 5" }), /attributes support comparison with numeric values/);
    assert.match(await refusal({ filter: "source_path IN ('a')" }), /support comparison with a list/);
    assert.match(await refusal({ filter: "run_id > 'a'" }), /Invalid comparator for attribute: >/);
    assert.match(await refusal({ filter: "tags.a IS NULL" }), /Invalid comparator for tag: IS NULL/);
    assert.match(await refusal({ order_by: "run_id" }), /Invalid attribute key 'run_id' specified/);
    assert.match(await refusal({ order_by: "tags.a" }), /Invalid order_by entity: tag/);
    assert.match(await refusal({ order_by: ["name", "name"] }), /duplicate fields/);
    assert.match(await refusal({ max_results: "200001" }), /It must be at most 200000, but got value 200001/);
    assert.match(await refusal({ max_results: "-1" }), /positive integer, but got -1/);
    assert.match(await refusal({ page_token: "bm9wZQ" }), /^INVALID_PARAMETER_VALUE/);
  });

  it("gives the last changed first, page by page", async () => {
    await using world = await openWithModel();
    for (let n = 0; n < 5; n++) {
      await create(world);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await world.post("/model-versions/set-tag", { name: "m", version: "2", key: "a", value: "b" });
    const seen: string[] = [];
    for (let page_token = ""; ; ) {
      const page = (await world.get("/model-versions/search", { max_results: "2", page_token })).json();
      seen.push(...numbersOf(page.model_versions));
      if (page.next_page_token === undefined) break;
      page_token = page.next_page_token;
    }
    assert.deepEqual(seen, ["2", "5", "4", "3", "1"]);
  });
});
