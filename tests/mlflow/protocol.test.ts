import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openWorld, refusalOf } from "./world.ts";

const UNKNOWN = "0".repeat(32);

describe("the wire itself", () => {
  it("answers that it is well, and which MLflow it speaks", async () => {
    await using world = await openWorld();
    const health = await world.get("//health");
    assert.deepEqual([health.status, health.text], [200, "OK"]);
    const version = await world.get("//version");
    assert.equal(version.status, 200);
    assert.match(version.text, /^\d+\.\d+\.\d+$/);
    for (const base of ["api", "ajax-api"]) {
      const info = await world.get(`//${base}/3.0/mlflow/server-info`);
      assert.equal(info.json().workspaces_enabled, false);
    }
  });

  it("serves every endpoint below /api and /ajax-api, and below the static prefix alone when there is one", async () => {
    await using world = await openWorld();
    for (const base of ["api", "ajax-api"]) {
      const answer = await world.get(`//${base}/2.0/mlflow/experiments/get`, { experiment_id: "0" });
      assert.equal(answer.json().experiment.name, "Default");
    }
    await using prefixed = await openWorld({ server: { staticPrefix: "/ml" } });
    assert.equal((await prefixed.get("//ml/api/2.0/mlflow/experiments/get", { experiment_id: "0" })).status, 200);
    assert.equal((await prefixed.get("//ml/health")).text, "OK");
    assert.equal((await prefixed.get("/experiments/get", { experiment_id: "0" })).status, 404);
  });

  // Clients fall back to older endpoints only when the answer is no JSON error of another code.
  it("answers unknown endpoints with a 404 that is not JSON", async () => {
    await using world = await openWorld();
    const paths = [
      "/api/2.0/mlflow/nothing",
      "/api/3.0/mlflow/traces/search",
      "/ajax-api/3.0/mlflow/ui-telemetry",
      "/api/2.0/mlflow/registered-models/permissions/get",
    ];
    for (const path of paths) {
      for (const method of ["GET", "POST", "PATCH", "DELETE"] as const) {
        const answer = await world.send(
          method,
          path,
          method === "POST" ? { body: "{}", headers: { "content-type": "application/json" } } : {},
        );
        assert.equal(answer.status, 404, `${method} ${path}`);
        assert.match(answer.headers["content-type"] ?? "", /^text\/plain/);
      }
    }
  });

  it("wants JSON in a POST, and says so", async () => {
    await using world = await openWorld();
    const url = "/api/2.0/mlflow/experiments/create";
    const bare = await world.send("POST", url, { body: Buffer.from("{}") });
    assert.equal(refusalOf(bare), "INVALID_PARAMETER_VALUE: Bad Request. Content-Type header is missing.");
    const form = await world.send("POST", url, {
      body: "a=b",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    assert.equal(
      refusalOf(form),
      "INVALID_PARAMETER_VALUE: Bad Request. Content-Type must be one of ['application/json'].",
    );
    const charset = await world.send("POST", url, {
      body: '{"name":"c"}',
      headers: { "content-type": "application/json; charset=utf-8" },
    });
    assert.equal(charset.status, 200);
  });

  it("refuses what is not a JSON object, and takes JSON within a JSON text", async () => {
    await using world = await openWorld();
    for (const body of ["{", "[]", "1", '{"name": NaN}', "", "null"]) {
      assert.match(
        refusalOf(await world.post("/experiments/create", body)),
        /^INVALID_PARAMETER_VALUE: (Bad Request|Missing value)/,
      );
    }
    assert.equal(
      (await world.post("/experiments/create", JSON.stringify(JSON.stringify({ name: "twice" })))).status,
      200,
    );
  });

  it("reads snake_case and camelCase, null as unset, and ignores what it does not know", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    const answer = await world.post("/runs/log-metric", {
      runId: run,
      key: "m",
      value: "1.5",
      timestamp: "7",
      step: null,
      extra: { a: 1 },
    });
    assert.equal(answer.text, "{}");
    const metrics = (await world.get("/runs/get", { run_id: run })).json().run.data.metrics;
    assert.deepEqual(metrics, [{ key: "m", value: 1.5, timestamp: 7, step: 0 }]);
  });

  it("refuses a body beyond 64 MiB without reading it", async () => {
    await using world = await openWorld();
    const answer = await world.send("POST", "/api/2.0/mlflow/runs/log-batch", {
      body: Buffer.alloc(64 * 1024 * 1024 + 1, 0x20),
      headers: { "content-type": "application/json" },
    });
    assert.match(refusalOf(answer), /^INVALID_PARAMETER_VALUE: /);
    assert.deepEqual(world.lines, []);
  });

  const posts: readonly string[] = [
    "/experiments/create",
    "/experiments/delete",
    "/experiments/restore",
    "/experiments/update",
    "/experiments/set-experiment-tag",
    "/experiments/delete-experiment-tag",
    "/runs/update",
    "/runs/delete",
    "/runs/restore",
    "/runs/log-metric",
    "/runs/log-parameter",
    "/runs/set-tag",
    "/runs/delete-tag",
    "/runs/log-batch",
    "/runs/log-model",
    "/runs/log-inputs",
  ];
  for (const path of posts) {
    it(`${path} says which required parameter is missing`, async () => {
      await using world = await openWorld();
      assert.match(
        refusalOf(await world.post(path, {})),
        /^INVALID_PARAMETER_VALUE: Missing value for required parameter '\w+'\. See the API docs/,
      );
    });

    it(`${path} refuses every type but its own`, async () => {
      await using world = await openWorld();
      for (const value of [1, true, [], {}, ["x"], "\u0000", "'\";--", "x".repeat(70_000)]) {
        const body = Object.fromEntries(
          ["run_id", "experiment_id", "name", "new_name", "key", "value", "timestamp", "metrics", "model_json"].map(
            (key) => [key, value],
          ),
        );
        const answer = await world.post(path, body);
        // A text is a good name for an experiment, whatever it says.
        const isName = path === "/experiments/create" && typeof value === "string" && answer.status === 200;
        assert.ok(
          answer.status === 400 || answer.status === 404 || isName,
          `${path} ${JSON.stringify(value).slice(0, 50)} → ${answer.status} ${answer.text}`,
        );
      }
      assert.deepEqual(world.lines, []);
    });
  }

  const ofRuns: readonly (readonly [string, object])[] = [
    ["/runs/update", { status: "FINISHED" }],
    ["/runs/delete", {}],
    ["/runs/restore", {}],
    ["/runs/log-metric", { key: "m", value: 1, timestamp: 1 }],
    ["/runs/log-parameter", { key: "p", value: "1" }],
    ["/runs/set-tag", { key: "t", value: "1" }],
    ["/runs/delete-tag", { key: "t" }],
    ["/runs/log-batch", { tags: [{ key: "t", value: "1" }] }],
    ["/runs/log-inputs", { datasets: [{ dataset: { name: "n", digest: "d", source_type: "s", source: "s" } }] }],
    ["/runs/log-model", { model_json: '{"artifact_path":"","flavors":{},"utc_time_created":"","run_id":""}' }],
  ];
  for (const [path, body] of ofRuns) {
    it(`${path} does not find an unknown run, and does not change a deleted one`, async () => {
      await using world = await openWorld();
      for (const run of [UNKNOWN, "not-ours"]) {
        const answer = await world.post(path, { ...body, run_id: run });
        assert.equal(refusalOf(answer), `RESOURCE_DOES_NOT_EXIST: Run with id=${run} not found`);
      }
      if (path === "/runs/delete" || path === "/runs/restore") return;
      const run = await world.newRun();
      await world.post("/runs/delete", { run_id: run });
      const answer = await world.post(path, { ...body, run_id: run });
      const message = `The run ${run} must be in the 'active' state. Current state is deleted.`;
      assert.equal(refusalOf(answer), `INVALID_PARAMETER_VALUE: ${message}`);
    });
  }
});
