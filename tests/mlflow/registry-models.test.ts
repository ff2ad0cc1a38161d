import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Answer, openWorld, refusalOf, type World } from "./world.ts";

/** PATCH and DELETE, whose bodies are JSON as well. */
function send(world: World, method: "PATCH" | "DELETE", path: string, body: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return world.send(method, `/api/2.0/mlflow${path}`, { body: JSON.stringify(body), headers });
}

async function create(world: World, name: string, body: object = {}): Promise<Answer> {
  return world.post("/registered-models/create", { name, ...body });
}

async function newVersion(world: World, name: string, body: object = {}): Promise<string> {
  const answer = await world.post("/model-versions/create", { name, source: "s3://bucket/model", ...body });
  assert.equal(answer.status, 200, answer.text);
  return answer.json().model_version.version;
}

const get = (world: World, name: string) => world.get("/registered-models/get", { name });

describe("a registered model on the wire", () => {
  it("has the fields that proto2 gives it", async () => {
    await using world = await openWorld();
    const made = await create(world, "it's 😀", { description: "d", tags: [{ key: "a", value: "" }, { key: "b" }] });
    const { creation_timestamp, last_updated_timestamp, ...rest } = made.json().registered_model;
    assert.deepEqual(rest, {
      name: "it's 😀",
      description: "d",
      tags: [
        { key: "a", value: "" },
        { key: "b", value: "" },
      ],
    });
    assert.ok(Number.isInteger(creation_timestamp) && last_updated_timestamp >= creation_timestamp);
    assert.deepEqual((await get(world, "it's 😀")).json(), made.json());
    assert.deepEqual(Object.keys((await create(world, "bare")).json().registered_model), [
      "name",
      "creation_timestamp",
      "last_updated_timestamp",
    ]);
  });

  it("is refused a name that is taken, by a model or by a prompt", async () => {
    await using world = await openWorld();
    const prompt = { tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] };
    await create(world, "m");
    await create(world, "p", prompt);
    const refusal = async (name: string, body = {}) => refusalOf(await create(world, name, body));
    assert.equal(await refusal("m"), "RESOURCE_ALREADY_EXISTS: Registered Model (name=m) already exists.");
    assert.equal(await refusal("p", prompt), "RESOURCE_ALREADY_EXISTS: Prompt (name=p) already exists.");
    assert.match(await refusal("m", prompt), /Tried to create a prompt with name 'm', but the name is already taken/);
    assert.match(await refusal("p"), /Tried to create a registered model with name 'p', .* by a prompt\./);
    await create(world, "n");
    const rename = (name: string, new_name: string) => world.post("/registered-models/rename", { name, new_name });
    assert.equal(
      refusalOf(await rename("n", "m")),
      "RESOURCE_ALREADY_EXISTS: Registered Model (name=m) already exists.",
    );
  });

  it("is refused a name that cannot be one, wherever it stands", async () => {
    await using world = await openWorld();
    const refusal = async (name: unknown) => refusalOf(await world.post("/registered-models/create", { name }));
    assert.match(await refusal(""), /Missing value for required parameter 'name'\./);
    assert.match(await refusal("  "), /Missing value for required parameter 'name'\./);
    assert.match(await refusal(undefined), /Missing value for required parameter 'name'\./);
    assert.equal(
      await refusal("a/b"),
      "INVALID_PARAMETER_VALUE: Invalid model name 'a/b'. Names cannot contain '/' or ':'.",
    );
    assert.match(await refusal("a:b"), /Names cannot contain/);
    assert.match(await refusal(".."), /Names may be treated as files in certain cases/);
    assert.match(await refusal(5), /Invalid value 5 for parameter 'name' supplied: {2}Hint: Value was of type 'int'/);
    assert.match(await refusal("x".repeat(257)), /^INVALID_PARAMETER_VALUE.*too long/);
    assert.match(refusalOf(await get(world, "a:b")), /Names cannot contain/);
  });

  it("takes tags up to their limits", async () => {
    await using world = await openWorld();
    await create(world, "m");
    const set = (key: string, value?: string) => world.post("/registered-models/set-tag", { name: "m", key, value });
    assert.equal((await set("k".repeat(250), "v".repeat(100_000))).text, "{}");
    assert.match(refusalOf(await set("k".repeat(251))), /'key' exceeds the maximum length of 250 characters/);
    assert.match(refusalOf(await set("k", "v".repeat(100_001))), /'value' exceeds the maximum length of 100000/);
    assert.match(refusalOf(await set("a/../b")), /must not resolve to other names/);
    assert.match(refusalOf(await set("")), /required parameter 'key'/);
    await set("a", "1");
    await set("a", "2");
    const tagsOf = async () => (await get(world, "m")).json().registered_model.tags;
    assert.deepEqual((await tagsOf())[0], { key: "a", value: "2" });
    const unset = (name: string, key: string) => send(world, "DELETE", "/registered-models/delete-tag", { name, key });
    assert.equal((await unset("m", "a")).text, "{}");
    assert.equal((await unset("m", "a")).text, "{}");
    assert.equal((await tagsOf()).length, 1);
    const missing = "RESOURCE_DOES_NOT_EXIST: Registered Model with name=nope not found";
    assert.equal(refusalOf(await unset("nope", "a")), missing);
    assert.equal(refusalOf(await world.post("/registered-models/set-tag", { name: "nope", key: "a" })), missing);
    const bad = { tags: [{ key: "k", value: "v".repeat(100_001) }] };
    assert.match(refusalOf(await create(world, "bad", bad)), /'value' exceeds/);
  });

  it("is renamed with its versions, updated, and bumps its time", async () => {
    await using world = await openWorld();
    await create(world, "old", { description: "d" });
    await newVersion(world, "old");
    const renamed = await world.post("/registered-models/rename", { name: "old", new_name: "new" });
    assert.equal(renamed.json().registered_model.name, "new");
    assert.equal(renamed.json().registered_model.latest_versions[0].name, "new");
    assert.equal(
      refusalOf(await get(world, "old")),
      "RESOURCE_DOES_NOT_EXIST: Registered Model with name=old not found",
    );
    const update = await send(world, "PATCH", "/registered-models/update", { name: "new", description: "e" });
    assert.equal(update.json().registered_model.description, "e");
    assert.equal(
      (await send(world, "PATCH", "/registered-models/update", { name: "new" })).json().registered_model.description,
      undefined,
    );
    assert.match(
      refusalOf(await world.post("/registered-models/rename", { name: "new", new_name: " " })),
      /required parameter 'new_name'/,
    );
    assert.match(
      refusalOf(await world.post("/registered-models/rename", { name: "nope", new_name: "x" })),
      /name=nope/,
    );
    assert.match(refusalOf(await send(world, "PATCH", "/registered-models/update", { name: "nope" })), /name=nope/);
  });

  it("is gone when deleted, and its name is free; until that is used, core can restore it", async () => {
    await using world = await openWorld();
    for (const name of ["m", "n"]) {
      await create(world, name);
      await newVersion(world, name);
    }
    const drop = (name: string) => send(world, "DELETE", "/registered-models/delete", { name });
    assert.equal((await drop("m")).text, "{}");
    assert.match(refusalOf(await drop("m")), /Registered Model with name=m not found/);
    assert.match(refusalOf(await get(world, "m")), /name=m not found/);
    const version = { name: "m", version: "1" };
    assert.equal(
      refusalOf(await world.get("/model-versions/get", version)),
      "RESOURCE_DOES_NOT_EXIST: Model Version (name=m, version=1) not found",
    );
    assert.equal((await world.get("/model-versions/search", { filter: "name = 'm'" })).text, "{}");
    const { id } = (await world.services.models.find("m")) ?? { id: -1 };
    await world.services.models.restore(id);
    assert.equal((await get(world, "m")).json().registered_model.latest_versions.length, 1);
    await drop("m");
    assert.equal((await create(world, "m")).json().registered_model.latest_versions, undefined);
    assert.equal(await newVersion(world, "m"), "1");
    await drop("m");
    const renamed = await world.post("/registered-models/rename", { name: "n", new_name: "m" });
    assert.equal(renamed.status, 200);
  });
});

describe("a search for registered models", () => {
  it("filters by name and tags, in MLflow's words", async () => {
    await using world = await openWorld();
    for (const name of ["Alpha", "beta", "gamma"]) {
      await create(world, name, { tags: [{ key: "team", value: name.slice(0, 1) }] });
    }
    const names = async (filter: string, more = {}) =>
      ((await world.get("/registered-models/search", { filter, ...more })).json().registered_models ?? []).map(
        ({ name }: { name: string }) => name,
      );
    assert.deepEqual(await names(""), ["Alpha", "beta", "gamma"]);
    assert.deepEqual(await names("name = 'beta'"), ["beta"]);
    assert.deepEqual(await names("name != 'beta'"), ["Alpha", "gamma"]);
    assert.deepEqual(await names("name LIKE '%eta'"), ["beta"]);
    assert.deepEqual(await names("name LIKE 'alpha'"), []);
    assert.deepEqual(await names("name ILIKE 'alpha'"), ["Alpha"]);
    assert.deepEqual(await names("name IN ('beta', 'gamma')"), ["beta", "gamma"]);
    assert.deepEqual(await names("name NOT IN ('beta')"), ["Alpha", "gamma"]);
    assert.deepEqual(await names("tags.team = 'b' AND name != 'x'"), ["beta"]);
    assert.deepEqual(await names("", { order_by: ["name DESC"] }), ["gamma", "beta", "Alpha"]);
    assert.deepEqual(await names("", { order_by: ["timestamp ASC", "name DESC"] }).then((all) => all.length), 3);
    const refusal = async (query: object) =>
      refusalOf(await world.get("/registered-models/search", query as Record<string, string>));
    assert.match(
      await refusal({ filter: "size = 'x'" }),
      /Invalid attribute key 'size' specified\. Valid keys are '\{'name'\}'/,
    );
    assert.match(await refusal({ filter: "params.x = 'x'" }), /Invalid entity type 'params'/);
    assert.match(await refusal({ filter: "name > 'x'" }), /Invalid comparator for attribute: >/);
    assert.match(await refusal({ filter: "tags.a > 'x'" }), /Invalid comparator for tag: >/);
    assert.match(await refusal({ filter: "tags.a IN ('x')" }), /Invalid comparator for tag: IN/);
    assert.match(await refusal({ filter: "name = 5" }), /Expected a quoted string value for attributes/);
    assert.match(await refusal({ filter: "name = 'a' OR name = 'b'" }), /Invalid clause\(s\) in filter string/);
    assert.match(await refusal({ order_by: "size" }), /Invalid order by key 'size' specified/);
    assert.match(await refusal({ order_by: ["name", "name DESC"] as never }), /`order_by` contains duplicate fields/);
    assert.match(await refusal({ order_by: ["timestamp", "last_updated_timestamp"] as never }), /duplicate/);
    assert.match(await refusal({ max_results: "1001" }), /It must be at most 1000, but got value 1001/);
    assert.match(await refusal({ max_results: "0" }), /positive integer, but got 0/);
    assert.match(await refusal({ page_token: "nope" }), /^INVALID_PARAMETER_VALUE/);
  });

  it("pages without a token behind an exact last page", async () => {
    await using world = await openWorld();
    for (let n = 0; n < 4; n++) await create(world, `m${n}`);
    const first = (await world.get("/registered-models/search", { max_results: "2" })).json();
    assert.equal(first.registered_models.length, 2);
    const page_token = first.next_page_token;
    const last = (await world.get("/registered-models/search", { max_results: "2", page_token })).json();
    assert.deepEqual(
      last.registered_models.map(({ name }: { name: string }) => name),
      ["m2", "m3"],
    );
    assert.equal(last.next_page_token, undefined);
    const other = await world.get("/registered-models/search", { filter: "name = 'x'", page_token });
    assert.match(refusalOf(other), /^INVALID_PARAMETER_VALUE/);
  });

  it("leaves prompts out unless it asks for them", async () => {
    await using world = await openWorld();
    await create(world, "m");
    await create(world, "p", { tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] });
    await newVersion(world, "m");
    await newVersion(world, "p", {
      source: "prompt-template",
      tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }],
    });
    const tag = "tags.`mlflow.prompt.is_prompt`";
    for (const [path, list] of [
      ["/registered-models/search", "registered_models"],
      ["/model-versions/search", "model_versions"],
    ] as const) {
      const names = async (filter: string) =>
        ((await world.get(path, { filter })).json()[list] ?? []).map(({ name }: { name: string }) => name);
      assert.deepEqual(await names(""), ["m"], path);
      assert.deepEqual(await names(`${tag} = 'true'`), ["p"], path);
      assert.deepEqual(await names(`${tag} = 'True'`).then((found) => found.includes("m")), false, path);
      assert.deepEqual(await names(`${tag} != 'false'`), ["p"], path);
      assert.deepEqual(await names(`${tag} != 'true'`), ["m"], path);
      assert.deepEqual(await names(`${tag} = 'false' AND name = 'm'`), ["m"], path);
    }
  });
});

describe("an alias on the wire", () => {
  it("is set, moved, read and deleted", async () => {
    await using world = await openWorld();
    await create(world, "m");
    for (const _ of [1, 2]) await newVersion(world, "m");
    const set = (alias: string, version: string, name = "m") =>
      world.post("/registered-models/alias", { name, alias, version });
    const read = (alias: string, name = "m") => world.get("/registered-models/alias", { name, alias });
    assert.equal((await set("champion", "1")).text, "{}");
    assert.deepEqual((await read("champion")).json().model_version.aliases, ["champion"]);
    await set("champion", "2");
    assert.equal((await read("champion")).json().model_version.version, "2");
    assert.deepEqual((await get(world, "m")).json().registered_model.aliases, [{ alias: "champion", version: "2" }]);
    for (const alias of ["latest", "LATEST"]) assert.equal((await read(alias)).json().model_version.version, "2");
    const drop = (alias: string, name = "m") => send(world, "DELETE", "/registered-models/alias", { name, alias });
    for (const _ of [1, 2]) assert.equal((await drop("champion")).text, "{}");
    assert.equal((await drop("latest")).text, "{}");
    assert.equal(
      refusalOf(await read("champion")),
      "INVALID_PARAMETER_VALUE: Registered model alias champion not found.",
    );
    assert.match(refusalOf(await read("champion", "nope")), /Registered Model with name=nope not found/);
    assert.match(refusalOf(await drop("champion", "nope")), /Registered Model with name=nope not found/);
    assert.match(refusalOf(await set("a", "9")), /Model Version \(name=m, version=9\) not found/);
    assert.match(refusalOf(await set("a", "1", "nope")), /Model Version \(name=nope, version=1\) not found/);
    await create(world, "empty");
    assert.equal(
      refusalOf(await read("latest", "empty")),
      "RESOURCE_DOES_NOT_EXIST: Latest version not found for model empty.",
    );
  });

  it("is refused a name that is reserved or malformed", async () => {
    await using world = await openWorld();
    await create(world, "m");
    await newVersion(world, "m");
    const refusal = async (alias: string) =>
      refusalOf(await world.post("/registered-models/alias", { name: "m", alias, version: "1" }));
    assert.match(await refusal("latest"), /'latest' alias name \(case insensitive\) is reserved\./);
    assert.match(await refusal("Latest"), /is reserved/);
    assert.match(await refusal("v12"), /Version alias name 'v12' is reserved\./);
    assert.match(await refusal("a b"), /Names may only contain alphanumerics, underscores \(_\), and dashes \(-\)\./);
    assert.match(await refusal(""), /required parameter 'alias'/);
    assert.match(await refusal("x".repeat(256)), /'Registered model alias name' exceeds the maximum length of 255/);
    assert.match(await refusal("12"), /^INVALID_PARAMETER_VALUE: An alias/);
    assert.match(refusalOf(await world.get("/registered-models/alias", { name: "m", alias: "a.b" })), /alphanumerics/);
  });
});
