import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openWorld, refusalOf, type World } from "./world.ts";

const metric = { key: "m", value: 1, timestamp: 1000, step: 2 };

async function dataOf(world: World, run_id: string) {
  return (await world.get("/runs/get", { run_id })).json().run.data;
}

describe("log-batch", () => {
  it("writes metrics, parameters and tags at once, and answers an empty message", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun({ run_name: "n" });
    const answer = await world.post("/runs/log-batch", {
      run_id,
      metrics: [metric, { ...metric, step: 3, value: 5 }, { ...metric, key: "other" }],
      params: [{ key: "p/q", value: "1" }],
      tags: [
        { key: "t", value: "x" },
        { key: "t", value: "y" },
      ],
    });
    assert.equal(answer.text, "{}");
    assert.match(answer.headers["content-type"] ?? "", /^application\/json/);
    const { metrics, params, tags } = await dataOf(world, run_id);
    assert.deepEqual(
      metrics.sort((a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)),
      [
        { key: "m", value: 5, timestamp: 1000, step: 3 },
        { key: "other", value: 1, timestamp: 1000, step: 2 },
      ],
    );
    assert.deepEqual(params, [{ key: "p/q", value: "1" }]);
    assert.deepEqual(
      tags.find(({ key }: { key: string }) => key === "t"),
      { key: "t", value: "y" },
    );
  });

  it("writes nothing when one of its items is refused", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    await world.post("/runs/log-parameter", { run_id, key: "p", value: "1" });
    const bodies = [
      { metrics: [metric], params: [{ key: "p", value: "2" }], tags: [{ key: "t", value: "x" }] },
      { metrics: [metric, { ...metric, key: "bad#key" }], tags: [{ key: "t", value: "x" }] },
      {
        metrics: [metric],
        tags: [
          { key: "t", value: "x" },
          { key: "/abs", value: "x" },
        ],
      },
      {
        metrics: [metric],
        params: [
          { key: "new", value: "1" },
          { key: "new", value: "1" },
        ],
      },
    ];
    for (const body of bodies)
      assert.match(refusalOf(await world.post("/runs/log-batch", { run_id, ...body })), /^INVALID_PARAMETER_VALUE/);
    const { metrics, params, tags } = await dataOf(world, run_id);
    assert.equal(metrics, undefined);
    assert.deepEqual(params, [{ key: "p", value: "1" }]);
    assert.deepEqual(
      tags.map(({ key }: { key: string }) => key),
      ["mlflow.runName"],
    );
  });

  it("lists every changed parameter as Python would print it", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const log = (params: object) => world.post("/runs/log-batch", { run_id, params });
    await log([
      { key: "a", value: "it's" },
      { key: "b", value: "2" },
    ]);
    assert.equal(
      (
        await log([
          { key: "a", value: "it's" },
          { key: "c", value: "3" },
        ])
      ).text,
      "{}",
    );
    assert.equal(
      refusalOf(
        await log([
          { key: "a", value: "other" },
          { key: "b", value: "x\"'" },
          { key: "c", value: "3" },
        ]),
      ),
      `INVALID_PARAMETER_VALUE: Changing param values is not allowed. Params were already logged='[{'key': 'a', 'old_value': "it's", 'new_value': 'other'}, {'key': 'b', 'old_value': '2', 'new_value': 'x"\\''}]' for run ID='${run_id}'.`,
    );
  });

  it("keeps equal points once, however often they are sent", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    for (let index = 0; index < 3; index++) await world.post("/runs/log-batch", { run_id, metrics: [metric, metric] });
    assert.equal((await world.get("/metrics/get-history", { run_id, metric_key: "m" })).json().metrics.length, 1);
  });

  it("renames the run with its other tags", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun({ run_name: "old" });
    await world.post("/runs/log-batch", {
      run_id,
      tags: [
        { key: "mlflow.runName", value: "new" },
        { key: "t", value: "1" },
      ],
    });
    const run = await world.services.runs.get(run_id);
    assert.equal(run.name, "new");
    assert.deepEqual(run.tags, { t: "1" });
  });

  it("may be empty, but not for a run that is not there", async () => {
    await using world = await openWorld();
    assert.equal((await world.post("/runs/log-batch", { run_id: await world.newRun() })).text, "{}");
    assert.match(
      refusalOf(await world.post("/runs/log-batch", { run_id: "0".repeat(32) })),
      /^RESOURCE_DOES_NOT_EXIST/,
    );
    assert.equal(
      refusalOf(await world.post("/runs/log-batch", { run_id: "not an id!" })),
      "INVALID_PARAMETER_VALUE: Invalid value \"not an id!\" for parameter 'run_id' supplied.",
    );
  });
});

describe("one thing at a time", () => {
  it("a metric: value and timestamp are needed, the step is 0 unless said", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const refusal = async (body: object) => refusalOf(await world.post("/runs/log-metric", { run_id, ...body }));
    assert.match(await refusal({ key: "m", timestamp: 1 }), /Missing value for required parameter 'value'/);
    assert.match(await refusal({ key: "m", value: 1 }), /Missing value for required parameter 'timestamp'/);
    assert.match(await refusal({ ...metric, value: "x" }), /Invalid value "x" for parameter 'value' supplied/);
    assert.match(
      await refusal({ ...metric, key: "a//b" }),
      /for parameter 'name' supplied: .* would resolve to 'a\/b'/,
    );
    assert.match(await refusal({ ...metric, timestamp: -1 }), /Timestamp must be a nonnegative long/);
    assert.match(await refusal({ ...metric, step: 2 ** 60 }), /parameter 'step'/);
    // What is plainly right skips the schema: a second run beside the first must not be passed over with it.
    assert.match(await refusal({ ...metric, runId: run_id }), /specifies both 'run_id' and 'runId'/);
    assert.match(
      await refusal({ ...metric, model_id: null, modelId: null }),
      /specifies both 'model_id' and 'modelId'/,
    );
    assert.equal((await world.post("/runs/log-metric", { run_id, key: "m", value: 0, timestamp: 0 })).text, "{}");
    assert.deepEqual((await dataOf(world, run_id)).metrics, [{ key: "m", value: 0, timestamp: 0, step: 0 }]);
  });

  it("a metric: NaN by its name, infinities clamped here and exact in core", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    for (const value of ["NaN", "Infinity", "-Infinity"]) {
      await world.post("/runs/log-metric", { run_id, key: value.replace("-", "minus "), value, timestamp: 1 });
    }
    const { metrics } = await dataOf(world, run_id);
    assert.deepEqual(
      Object.fromEntries(metrics.map(({ key, value }: { key: string; value: unknown }) => [key, value])),
      {
        NaN: "NaN",
        Infinity: 1.7976931348623157e308,
        "minus Infinity": -1.7976931348623157e308,
      },
    );
    assert.equal((await world.services.series.history(run_id, "Infinity")).values[0], Number.POSITIVE_INFINITY);
  });

  it("a parameter: the same again is no change, another value is refused", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const log = (value: string | null) => world.post("/runs/log-parameter", { run_id, key: "p", value });
    for (const value of ["1", "1"]) assert.equal((await log(value)).text, "{}");
    assert.equal(
      refusalOf(await log("2")),
      `INVALID_PARAMETER_VALUE: Changing param values is not allowed. Param with key='p' was already logged with value='1' for run ID='${run_id}'. Attempted logging new value '2'.`,
    );
    assert.equal((await world.post("/runs/log-parameter", { run_id, key: "empty", value: "" })).text, "{}");
  });

  it("a parameter that another client logged as a number is the same as its text", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    await world.services.runs.log(run_id, { parameters: [{ group: "opt", key: "lr", value: 0.1 }] });
    assert.deepEqual((await dataOf(world, run_id)).params, [{ key: "opt/lr", value: "0.1" }]);
    assert.equal((await world.post("/runs/log-parameter", { run_id, key: "opt/lr", value: "0.1" })).text, "{}");
  });

  it("a tag: set, replaced, cut at 8000 characters, deleted once", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const set = (key: string, value: string) => world.post("/runs/set-tag", { run_id, key, value });
    await set("t", "1");
    await set("t", "x".repeat(8001));
    assert.equal((await world.services.runs.get(run_id)).tags["t"], "x".repeat(8000));
    assert.equal((await world.post("/runs/delete-tag", { run_id, key: "t" })).text, "{}");
    assert.equal(
      refusalOf(await world.post("/runs/delete-tag", { run_id, key: "t" })),
      `RESOURCE_DOES_NOT_EXIST: No tag with name: t in run with id ${run_id}`,
    );
    assert.match(refusalOf(await set("a#b", "1")), /Invalid value "a#b" for parameter 'key' supplied/);
    assert.match(refusalOf(await set("k".repeat(251), "1")), /'key' exceeds the maximum length of 250 characters/);
    assert.equal((await set("__proto__", "1")).status, 200);
    assert.ok((await dataOf(world, run_id)).tags.some(({ key }: { key: string }) => key === "__proto__"));
  });

  it("a model of the old kind is remembered in a tag, without its flavors' configuration", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const model = {
      artifact_path: "m",
      flavors: { sklearn: { version: 1, config: { secret: 1 } } },
      utc_time_created: "now",
      run_id,
      extra: 1,
    };
    const log = (model_json: string) => world.post("/runs/log-model", { run_id, model_json });
    for (let index = 0; index < 2; index++) assert.equal((await log(JSON.stringify(model))).text, "{}");
    const kept = { run_id, utc_time_created: "now", artifact_path: "m", flavors: { sklearn: { version: 1 } } };
    const { tags } = await world.services.runs.get(run_id);
    assert.deepEqual(JSON.parse(tags["mlflow.log-model.history"] ?? ""), [kept, kept]);
    assert.equal(
      refusalOf(await log("{}")),
      "INVALID_PARAMETER_VALUE: Model json is missing mandatory fields: {'artifact_path', 'flavors', 'run_id', 'utc_time_created'}",
    );
    for (const json of ["nonsense", "[]", "1"])
      assert.match(refusalOf(await log(json)), /Malformed model info\. \n .* \n is not a valid JSON\./);
  });

  it("inputs: a dataset by name and digest, its use as a tag, the first of two counts", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const dataset = { name: "d", digest: "1", source_type: "local", source: "{}" };
    const context = { key: "mlflow.data.context", value: "train" };
    await world.post("/runs/log-inputs", {
      run_id,
      datasets: [
        { dataset: { ...dataset, profile: "{}" }, tags: [context, { key: "a", value: "b" }] },
        { dataset, tags: [] },
      ],
    });
    assert.deepEqual((await world.get("/runs/get", { run_id })).json().run.inputs, {
      dataset_inputs: [{ tags: [{ key: "a", value: "b" }, context], dataset: { ...dataset, profile: "{}" } }],
    });
    const found = (
      await world.post("//ajax-api/2.0/mlflow/experiments/search-datasets", { experiment_ids: ["0"] })
    ).json();
    assert.deepEqual(found, { dataset_summaries: [{ experiment_id: "0", name: "d", digest: "1", context: "train" }] });
    const refusal = async (input: object) =>
      refusalOf(await world.post("/runs/log-inputs", { run_id, datasets: [input] }));
    assert.match(await refusal({}), /Missing value for required parameter 'datasets\[0\]\.dataset'/);
    assert.match(await refusal({ dataset: { ...dataset, name: "" } }), /'datasets\[0\]\.dataset\.name'/);
    assert.match(
      await refusal({ dataset: { ...dataset, digest: "d".repeat(37) } }),
      /'digest' exceeds the maximum length of 36/,
    );
    assert.match(
      await refusal({ dataset, tags: [{ key: "k", value: "v".repeat(501) }] }),
      /'value' exceeds the maximum length of 500/,
    );
  });

  it("a search for datasets wants one to twenty experiments", async () => {
    await using world = await openWorld();
    const search = (experiment_ids: string[]) =>
      world.post("//ajax-api/2.0/mlflow/experiments/search-datasets", { experiment_ids });
    assert.match(refusalOf(await search([])), /must specify at least one experiment_id/);
    assert.match(
      refusalOf(await search(Array(21).fill("0"))),
      /cannot specify more than 20 experiment_ids\. Received 21/,
    );
    assert.equal((await search(["0"])).text, "{}");
  });
});
