import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { INVALID_PATH, openWorld, refusalOf, type World } from "./world.ts";

const PROXY = "/api/2.0/mlflow-artifacts/artifacts";
const NOWHERE = `m-${"0".repeat(32)}`;
const NOT_FOUND = `RESOURCE_DOES_NOT_EXIST: Logged model with ID '${NOWHERE}' not found.`;

async function newModel(world: World, body: object = {}) {
  const answer = await world.post("/logged-models", { experiment_id: "0", ...body });
  assert.equal(answer.status, 200, answer.text);
  return answer.json().model;
}

const change = (world: World, method: "PATCH" | "DELETE", path: string, body?: object) =>
  world.send(method, `/api/2.0/mlflow/logged-models/${path}`, body === undefined ? {} : { body: JSON.stringify(body) });

describe("logged models", () => {
  it("are created pending, below their experiment's location, with all that was said of them", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const { info, data } = await newModel(world, {
      name: "net",
      model_type: "classifier",
      source_run_id: run,
      params: [{ key: "depth", value: "3" }],
      tags: [{ key: "team", value: "a" }, { key: "empty" }],
    });
    assert.match(info.model_id, /^m-[0-9a-f]{32}$/);
    assert.deepEqual(info, {
      model_id: info.model_id,
      experiment_id: "0",
      name: "net",
      creation_timestamp_ms: info.creation_timestamp_ms,
      last_updated_timestamp_ms: info.creation_timestamp_ms,
      artifact_uri: `mlflow-artifacts:/0/models/${info.model_id}/artifacts`,
      status: "LOGGED_MODEL_PENDING",
      model_type: "classifier",
      source_run_id: run,
      tags: [
        { key: "empty", value: "" },
        { key: "team", value: "a" },
      ],
    });
    assert.deepEqual(data, { params: [{ key: "depth", value: "3" }] });
    const bare = await newModel(world);
    assert.notEqual(bare.info.name, "");
    assert.deepEqual([bare.info.model_type, bare.info.source_run_id, bare.info.tags], ["", "", undefined]);
    assert.deepEqual(bare.data, {});
    const got = await world.get(`/logged-models/${info.model_id}`);
    assert.deepEqual(got.json().model, { info, data });
    assert.deepEqual((await world.get(`//ajax-api/2.0/mlflow/logged-models/${info.model_id}`)).json(), got.json());
  });

  it("lie where their experiment's location says", async () => {
    await using world = await openWorld();
    const experiment_id = await world.newExperiment("bucket", { artifact_location: "s3://bucket/x?version=1" });
    const { info } = await newModel(world, { experiment_id });
    assert.equal(info.artifact_uri, `s3://bucket/x/models/${info.model_id}/artifacts?version=1`);
  });

  it("are refused with a bad name, and in an experiment that is deleted or not there", async () => {
    await using world = await openWorld();
    const create = async (body: object) => refusalOf(await world.post("/logged-models", body));
    for (const name of ["a/b", "a:b", "a.b", "a%b", "it's", 'a"b']) {
      assert.match(await create({ experiment_id: "0", name }), /^INVALID_PARAMETER_VALUE: Invalid model name \(/, name);
    }
    assert.equal(
      await create({ experiment_id: "0", name: "a/b" }),
      `INVALID_PARAMETER_VALUE: Invalid model name ('a/b') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
    );
    assert.match(await create({}), /Missing value for required parameter 'experiment_id'/);
    assert.equal(await create({ experiment_id: "77" }), "RESOURCE_DOES_NOT_EXIST: No Experiment with id=77 exists");
    assert.match(await create({ experiment_id: "0", source_run_id: "x" }), /Run with id=x not found/);
    assert.match(await create({ experiment_id: "0", params: [{ key: "k".repeat(256), value: "" }] }), /'key' exceeds/);
    assert.match(await create({ experiment_id: "0", name: "n".repeat(501) }), /'name' exceeds/);
    const experiment_id = await world.newExperiment("gone");
    await world.post("/experiments/delete", { experiment_id });
    assert.equal(
      await create({ experiment_id }),
      `INVALID_PARAMETER_VALUE: The experiment ${experiment_id} must be in the 'active' state. Current state is deleted.`,
    );
  });

  it("are finalised by name or number of the status, as often as one likes", async () => {
    await using world = await openWorld();
    const { info } = await newModel(world);
    const id = info.model_id as string;
    for (const [status, expected] of [
      ["LOGGED_MODEL_READY", "LOGGED_MODEL_READY"],
      [3, "LOGGED_MODEL_UPLOAD_FAILED"],
      ["LOGGED_MODEL_PENDING", "LOGGED_MODEL_PENDING"],
    ] as const) {
      const answer = await change(world, "PATCH", id, { model_id: id, status });
      assert.equal(answer.json().model.info.status, expected);
    }
    assert.match(refusalOf(await change(world, "PATCH", id, { status: "DONE" })), /Invalid value/);
    assert.match(refusalOf(await change(world, "PATCH", id, { status: 0 })), /UNSPECIFIED/);
    assert.match(refusalOf(await change(world, "PATCH", id, {})), /Missing value for required parameter 'status'/);
    assert.equal(refusalOf(await change(world, "PATCH", NOWHERE, { status: 2 })), NOT_FOUND);
  });

  it("take tags and give them back, keys with slashes too", async () => {
    await using world = await openWorld();
    const { info } = await newModel(world);
    const id = info.model_id as string;
    const tags = [
      { key: "a/b c", value: "1" },
      { key: "x", value: "1" },
      { key: "x", value: "2" },
    ];
    assert.equal((await change(world, "PATCH", `${id}/tags`, { tags })).text, "{}");
    const tagsOf = async () => (await world.get(`/logged-models/${id}`)).json().model.info.tags;
    assert.deepEqual(await tagsOf(), [
      { key: "a/b c", value: "1" },
      { key: "x", value: "2" },
    ]);
    assert.equal((await change(world, "DELETE", `${id}/tags/a/b%20c`)).text, "{}");
    assert.deepEqual(await tagsOf(), [{ key: "x", value: "2" }]);
    assert.equal(
      refusalOf(await change(world, "DELETE", `${id}/tags/y`)),
      `RESOURCE_DOES_NOT_EXIST: No tag with key 'y' found for model with ID '${id}'.`,
    );
    assert.equal(refusalOf(await change(world, "PATCH", `${NOWHERE}/tags`, { tags })), NOT_FOUND);
    assert.equal(refusalOf(await change(world, "DELETE", `${NOWHERE}/tags/y`)), NOT_FOUND);
  });

  it("take more parameters, and none that changes", async () => {
    await using world = await openWorld();
    const { info } = await newModel(world, { params: [{ key: "a", value: "1" }] });
    const log = (params: object[], id = info.model_id) => world.post(`/logged-models/${id}/params`, { params });
    const many = Array.from({ length: 150 }, (_, i) => ({
      key: `p${String(i).padStart(3, "0")}`,
      value: "v".repeat(9000),
    }));
    assert.equal((await log(many)).text, "{}");
    const { params } = (await world.get(`/logged-models/${info.model_id}`)).json().model.data;
    assert.equal(params.length, 151);
    assert.equal(params[1].value.length, 9000, "not cut");
    assert.equal((await log([{ key: "a", value: "1" }])).text, "{}", "a repeated request is no error");
    assert.match(refusalOf(await log([{ key: "a", value: "2" }])), /^BAD_REQUEST: The parameter 'a'/);
    assert.equal(refusalOf(await log([{ key: "a", value: "2" }], NOWHERE)), NOT_FOUND);
  });

  it("are hidden when deleted, unless asked for, and still take what was on its way", async () => {
    await using world = await openWorld();
    const { info } = await newModel(world);
    const id = info.model_id as string;
    assert.equal((await change(world, "DELETE", id, { model_id: id })).text, "{}");
    assert.equal((await change(world, "DELETE", id)).text, "{}");
    assert.match(refusalOf(await world.get(`/logged-models/${id}`)), /not found/);
    assert.equal((await world.get(`/logged-models/${id}`, { allow_deleted: "True" })).status, 200);
    assert.match(refusalOf(await world.get(`/logged-models/${id}/artifacts/directories`)), /not found/);
    assert.equal((await change(world, "PATCH", `${id}/tags`, { tags: [{ key: "a", value: "b" }] })).status, 200);
    assert.deepEqual((await world.post("/logged-models/search", { experiment_ids: ["0"] })).json(), {});
    assert.equal(refusalOf(await change(world, "DELETE", NOWHERE)), NOT_FOUND);
    assert.equal(refusalOf(await world.get("/logged-models/x")), NOT_FOUND.replace(NOWHERE, "x"));
  });
});

describe("files of a logged model", () => {
  it("are put by the proxy below its location, listed, and served one by one", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const { info } = await newModel(world, { source_run_id: run });
    const root = `0/models/${info.model_id}/artifacts`;
    for (const [path, body] of Object.entries({ MLmodel: "flavors: {}", "data/model.pkl": "12345" })) {
      assert.equal((await world.send("PUT", `${PROXY}/${root}/${path}`, { body })).status, 200);
    }
    assert.equal((await world.services.checkpointFiles.list(info.model_id)).items.length, 2);
    assert.deepEqual((await world.services.artifacts.list(run)).items, []);
    assert.deepEqual((await world.services.files.list()).items, []);
    const list = (path?: string) =>
      world.get(`/logged-models/${info.model_id}/artifacts/directories`, path ? { artifact_directory_path: path } : {});
    assert.deepEqual((await list()).json(), {
      files: [
        { path: "MLmodel", is_dir: false, file_size: 11 },
        { path: "data", is_dir: true },
      ],
      root_uri: info.artifact_uri,
    });
    assert.deepEqual((await list("data")).json().files, [{ path: "data/model.pkl", is_dir: false, file_size: 5 }]);
    assert.deepEqual((await list("none")).json(), { root_uri: info.artifact_uri });
    assert.match(refusalOf(await list("../x")), INVALID_PATH);
    const proxied = await world.get("//api/2.0/mlflow-artifacts/artifacts", { path: root });
    assert.equal(proxied.json().files.length, 2);

    const url = `//ajax-api/2.0/mlflow/logged-models/${info.model_id}/artifacts/files`;
    const file = (path: string) => world.get(url, { artifact_file_path: path });
    const got = await file("data/model.pkl");
    assert.equal(got.text, "12345");
    assert.match(got.headers["content-disposition"] ?? "", /^attachment; filename="model\.pkl"/);
    assert.equal(got.headers["x-content-type-options"], "nosniff");
    assert.equal(refusalOf(await file("data/x")), "RESOURCE_DOES_NOT_EXIST: No such artifact: 'data/x'");
    assert.match(refusalOf(await file("%2e%2e/x")), INVALID_PATH);
    assert.equal(
      refusalOf(await world.get(url)),
      'BAD_REQUEST: Request must include the "artifact_file_path" query parameter.',
    );
    assert.equal((await world.get(url.slice(1).replace("/ajax-api", "//api"))).status, 404, "the page's route alone");
    assert.equal((await world.send("DELETE", `${PROXY}/${root}/data`)).status, 200);
    assert.equal((await file("data/model.pkl")).status, 404);
  });

  it("are the model's only where its location says so: elsewhere such a path is loose", async () => {
    await using world = await openWorld();
    const { info } = await newModel(world);
    for (const path of [
      `1/models/${info.model_id}/artifacts/x`,
      `0/model/${info.model_id}/artifacts/x`,
      `0/models/${NOWHERE}/artifacts/x`,
      `0/models/${info.model_id}/x`,
    ]) {
      assert.equal((await world.send("PUT", `${PROXY}/${path}`, { body: "x" })).status, 200, path);
      assert.ok(await world.services.files.find(path), path);
    }
    assert.deepEqual((await world.services.checkpointFiles.list(info.model_id)).items, []);
    const hosted = await world.newExperiment("hosted", { artifact_location: "mlflow-artifacts:/team/a" });
    const other = await newModel(world, { experiment_id: hosted });
    await world.send("PUT", `${PROXY}/team/a/models/${other.info.model_id}/artifacts/y`, { body: "y" });
    assert.equal((await world.services.checkpointFiles.list(other.info.model_id)).items.length, 1);
  });
});

describe("runs and logged models", () => {
  it("name each other: outputs with their step, inputs", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const a = (await newModel(world)).info.model_id;
    const b = (await newModel(world)).info.model_id;
    const log = (models: object[], id = run_id) => world.post("/runs/outputs", { run_id: id, models });
    assert.equal(
      (
        await log([
          { model_id: a, step: 0 },
          { model_id: b, step: 7 },
        ])
      ).text,
      "{}",
    );
    assert.equal((await world.post("/runs/log-inputs", { run_id, models: [{ model_id: a }] })).text, "{}");
    const { inputs, outputs } = (await world.get("/runs/get", { run_id })).json().run;
    assert.deepEqual(outputs, {
      model_outputs: [
        { model_id: a, step: 0 },
        { model_id: b, step: 7 },
      ],
    });
    assert.deepEqual(inputs, { model_inputs: [{ model_id: a }] });
    const found = (await world.post("/runs/search", { experiment_ids: ["0"] })).json().runs[0];
    assert.deepEqual(found.outputs, outputs);
    assert.match(refusalOf(await world.post("/runs/outputs", { run_id })), /required parameter 'models'/);
    assert.match(refusalOf(await log([{ model_id: a }])), /required parameter 'models\[0\]\.step'/);
    assert.equal(refusalOf(await log([{ model_id: NOWHERE, step: 0 }])), NOT_FOUND);
    assert.match(refusalOf(await log([{ model_id: a, step: 0 }], "0".repeat(32))), /Run with id=0+ not found/);
    assert.equal(
      refusalOf(await world.post("/runs/log-inputs", { run_id, models: [{ model_id: NOWHERE }] })),
      NOT_FOUND,
    );
    await world.post("/runs/delete", { run_id });
    assert.match(refusalOf(await log([{ model_id: a, step: 0 }])), /must be in the 'active' state/);
  });

  it("a metric that names a model stands with it and in the run's series", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const { info } = await newModel(world);
    const model_id = info.model_id as string;
    const metric = { key: "acc", value: 0.5, timestamp: 10, step: 1 };
    const on = { model_id, dataset_name: "digits", dataset_digest: "abc" };
    assert.equal((await world.post("/runs/log-metric", { run_id, ...metric, ...on })).text, "{}");
    const metrics = [
      { ...metric, ...on },
      { key: "acc", value: "NaN", timestamp: 20, model_id },
      { key: "loss", value: 1, timestamp: 30, modelId: model_id, datasetName: "digits" },
      { key: "other", value: 1, timestamp: 30 },
    ];
    assert.equal((await world.post("/runs/log-batch", { run_id, metrics })).text, "{}");
    const { data } = (await world.get(`/logged-models/${model_id}`)).json().model;
    assert.deepEqual(data.metrics, [
      { ...metric, dataset_name: "digits", dataset_digest: "abc", model_id, run_id },
      { key: "acc", value: "NaN", timestamp: 20, step: 0, model_id, run_id },
      { key: "loss", value: 1, timestamp: 30, step: 0, dataset_name: "digits", model_id, run_id },
    ]);
    const run = (await world.get("/runs/get", { run_id })).json().run;
    assert.deepEqual(run.data.metrics.map(({ key }: { key: string }) => key).sort(), ["acc", "loss", "other"]);
    assert.deepEqual(run.data.metrics[0], { key: "acc", value: 0.5, timestamp: 10, step: 1 });
    const lost = await world.post("/runs/log-batch", { run_id, metrics: [{ ...metric, value: 9, model_id: NOWHERE }] });
    assert.equal(refusalOf(lost), NOT_FOUND);
    const history = (await world.get("/metrics/get-history", { run_id, metric_key: "acc" })).json().metrics;
    assert.equal(history.length, 2, "a refused batch leaves nothing");
    const long = { ...metric, model_id, dataset_digest: "d".repeat(37) };
    assert.match(refusalOf(await world.post("/runs/log-metric", { run_id, ...long })), /'dataset_digest' exceeds/);
  });
});

describe("search for logged models", () => {
  async function threeModels(world: World) {
    const run_id = await world.newRun();
    const ids: string[] = [];
    for (const [i, name] of ["a", "b", "c"].entries()) {
      const body = { name, model_type: i === 0 ? "mlp" : "tree", params: [{ key: "lr", value: `0.${i}` }] };
      const { info } = await newModel(world, {
        ...body,
        tags: [{ key: "n", value: name }],
        source_run_id: i === 0 ? run_id : "",
      });
      ids.push(info.model_id);
    }
    const [a, b] = ids;
    const metrics = [
      { key: "acc", value: 0.9, timestamp: 1, model_id: a, dataset_name: "d", dataset_digest: "1" },
      { key: "acc", value: 0.4, timestamp: 2, model_id: a, dataset_name: "d", dataset_digest: "2" },
      { key: "acc", value: 0.6, timestamp: 1, model_id: b, dataset_name: "d", dataset_digest: "1" },
    ];
    await world.post("/runs/log-batch", { run_id, metrics });
    await change(world, "PATCH", ids[2] ?? "", { status: 2 });
    return { ids, run_id };
  }

  const namesOf = (answer: { json(): { models?: { info: { name: string } }[] } }) =>
    (answer.json().models ?? []).map(({ info }) => info.name).join("");

  it("filters by attributes, metrics, params and tags", async () => {
    await using world = await openWorld();
    const { ids, run_id } = await threeModels(world);
    const search = (filter: string, more: object = {}) =>
      world.post("/logged-models/search", {
        experiment_ids: ["0"],
        filter,
        order_by: [{ field_name: "name" }],
        ...more,
      });
    for (const [filter, expected] of [
      ["", "abc"],
      ["name = 'a'", "a"],
      ["name != 'a'", "bc"],
      ["attributes.name LIKE '%b%'", "b"],
      ["name ILIKE 'A'", "a"],
      ["name IN ('a', 'c')", "ac"],
      ["name NOT IN ('a')", "bc"],
      [`model_id = '${ids[1]}'`, "b"],
      ["model_type = 'tree'", "bc"],
      [`source_run_id = '${run_id}'`, "a"],
      ["status = 'READY'", "c"],
      ["status != 'LOGGED_MODEL_READY'", "ab"],
      ["creation_timestamp > 5", "abc"],
      ["creation_time < 5", ""],
      ["last_updated_timestamp >= 5 AND params.lr = '0.1'", "b"],
      ["tags.`n` = 'c'", "c"],
      ["metrics.acc > 0.5", "ab"],
      ["metrics.acc < 0.5", "a"],
      ["metrics.acc > 0.5 AND metrics.acc < 0.5", "a"],
      ["metrics.loss > 0", ""],
    ] as const) {
      const answer = await search(filter);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(namesOf(answer), expected, filter);
    }
    const datasets = [{ dataset_name: "d", dataset_digest: "2" }];
    assert.equal(namesOf(await search("metrics.acc > 0.5", { datasets })), "");
    assert.equal(namesOf(await search("metrics.acc > 0.1", { datasets })), "a");
    assert.equal(namesOf(await search("metrics.acc > 0.5", { datasets: [{ dataset_name: "d" }] })), "ab");
    assert.equal(namesOf(await search("", { datasets: [{ dataset_name: "d" }] })), "ab");
    assert.equal(namesOf(await search("", { datasets: [{ dataset_name: "e" }] })), "");
    assert.deepEqual((await search("name = 'none'")).json(), {});
  });

  it("orders by attributes and by metrics on a dataset, the newest first when nothing is asked", async () => {
    await using world = await openWorld();
    await threeModels(world);
    const order = async (...order_by: object[]) =>
      namesOf(await world.post("/logged-models/search", { experiment_ids: ["0"], order_by }));
    assert.equal(await order({ field_name: "name", ascending: false }), "cba");
    assert.equal(await order({ field_name: "metrics.acc" }), "abc", "the newest point counts, missing ones last");
    assert.equal(await order({ field_name: "metrics.acc", ascending: false }), "bac");
    const on = { dataset_name: "d", dataset_digest: "1" };
    assert.equal(await order({ field_name: "metrics.acc", ascending: false, ...on }), "abc");
    assert.equal(await order({ field_name: "model_type" }, { field_name: "name" }), "abc");
    const unordered = (await world.post("/logged-models/search", { experiment_ids: ["0"] })).json().models;
    const times = unordered.map(({ info }: { info: { creation_timestamp_ms: number } }) => info.creation_timestamp_ms);
    assert.deepEqual(
      times,
      times.toSorted((x: number, y: number) => y - x),
    );
  });

  it("pages, and holds a page to the search that it belongs to", async () => {
    await using world = await openWorld();
    await threeModels(world);
    const base = { experiment_ids: ["0"], max_results: 2, order_by: [{ field_name: "name" }] };
    const search = (more: object = {}) => world.post("/logged-models/search", { ...base, ...more });
    const first = (await search()).json();
    const page_token = first.next_page_token;
    assert.equal(first.models.length, 2);
    const second = (await search({ page_token })).json();
    assert.deepEqual([second.models[0].info.name, second.next_page_token], ["c", undefined]);
    assert.equal((await search({ max_results: 3 })).json().next_page_token, undefined, "an exact last page");
    const other = await world.newExperiment("other");
    for (const [more, message] of [
      [{ experiment_ids: [other] }, "Experiment IDs in the page token do not match"],
      [{ filter: "name = 'a'" }, "Filter string in the page token does not match"],
      [{ order_by: [] }, "Order by in the page token does not match"],
      [{ page_token: "x" }, "Invalid page token"],
      [{ page_token: Buffer.from('{"cursor": 5}').toString("base64url") }, "Invalid page token"],
    ] as const) {
      assert.match(
        refusalOf(await search({ page_token, ...more })),
        new RegExp(`^INVALID_PARAMETER_VALUE: ${message}`),
      );
    }
  });

  it("refuses what it does not know, in words", async () => {
    await using world = await openWorld();
    const search = async (body: object) =>
      refusalOf(await world.post("/logged-models/search", { experiment_ids: ["0"], ...body }));
    for (const [body, message] of [
      [{ experiment_ids: [] }, /Missing value for required parameter 'experiment_ids'/],
      [{ experiment_ids: ["x"] }, /Invalid experiment ID 'x'/],
      [{ filter: "labels.a = 'b'" }, /Invalid entity type: 'labels'. Expected one of \['attributes'/],
      [{ filter: "nothing = 'b'" }, /Invalid attribute key 'nothing'/],
      [{ filter: "name > 'b'" }, /Invalid comparison operator for attributes\.name: '>'\. Expected one of \('=', '!='/],
      [{ filter: "metrics.a LIKE 'b'" }, /Invalid comparison operator for metrics\.a: 'LIKE'/],
      [{ filter: "metrics.a > 'b'" }, /Expected numeric value type/],
      [{ filter: "name = 5" }, /Expected a quoted string value/],
      [{ filter: "name = 'a' OR name = 'b'" }, /Invalid clause/],
      [{ filter: "tags.a IS NULL" }, /Invalid comparison operator/],
      [{ order_by: [{ field_name: "foo" }] }, /Invalid order by field name: foo/],
      [
        { order_by: [{ field_name: "params.a" }] },
        /Invalid order by field name: params\.a\. Only metrics are supported\./,
      ],
      [{ order_by: [{ ascending: true }] }, /required parameter 'order_by\[0\]\.field_name'/],
      [{ order_by: [{ field_name: "metrics.a", dataset_digest: "1" }] }, /`dataset_name` in the `order_by` clause/],
      [{ datasets: [{ dataset_digest: "1" }] }, /`dataset_name` in the `datasets` clause must be specified/],
      [{ max_results: -1 }, /Invalid value -1 for parameter 'max_results'/],
      [{ max_results: 50_001 }, /at most 50000/],
    ] as const) {
      assert.match(await search(body), message, JSON.stringify(body));
    }
  });
});
