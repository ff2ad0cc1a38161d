import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openWorld, refusalOf, type World } from "./world.ts";

async function log(
  world: World,
  run_id: string,
  points: readonly (readonly [timestamp: number, step: number, value: number | string])[],
) {
  for (let at = 0; at < points.length; at += 1000) {
    const metrics = points
      .slice(at, at + 1000)
      .map(([timestamp, step, value]) => ({ key: "m", timestamp, step, value }));
    assert.equal((await world.post("/runs/log-batch", { run_id, metrics })).text, "{}");
  }
}

describe("a metric's history", () => {
  it("comes by (timestamp, step, value), with NaN by name", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    await log(world, run_id, [
      [2, 0, 1],
      [1, 5, 2],
      [1, 3, "NaN"],
      [1, 5, -2],
      [1, 5, "Infinity"],
    ]);
    const { metrics, ...rest } = (await world.get("/metrics/get-history", { run_id, metric_key: "m" })).json();
    assert.deepEqual(metrics, [
      { key: "m", value: "NaN", timestamp: 1, step: 3 },
      { key: "m", value: -2, timestamp: 1, step: 5 },
      { key: "m", value: 2, timestamp: 1, step: 5 },
      { key: "m", value: 1.7976931348623157e308, timestamp: 1, step: 5 },
      { key: "m", value: 1, timestamp: 2, step: 0 },
    ]);
    assert.deepEqual(rest, {});
  });

  it("comes page by page, and whole when no page is asked for", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    await log(
      world,
      run_id,
      Array.from({ length: 2500 }, (_, step) => [step, step, step] as const),
    );
    const steps: number[] = [];
    let page_token = "";
    let pages = 0;
    do {
      const page = (
        await world.get("/metrics/get-history", { run_id, metric_key: "m", max_results: "1000", page_token })
      ).json();
      steps.push(...page.metrics.map(({ step }: { step: number }) => step));
      page_token = page.next_page_token ?? "";
      pages++;
    } while (page_token !== "");
    assert.deepEqual(
      steps,
      Array.from({ length: 2500 }, (_, step) => step),
    );
    assert.equal(pages, 3);
    assert.equal((await world.get("/metrics/get-history", { run_id, metric_key: "m" })).json().metrics.length, 2500);
  });

  it("escapes whatever a key may hold", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const batch = {
      keys: ['a"b\\\n'],
      counts: Uint32Array.of(1),
      steps: Float64Array.of(0),
      times: Float64Array.of(0),
      values: Float64Array.of(1),
      batches: null,
    };
    await world.services.runs.log(run_id, { points: batch });
    assert.equal(
      (await world.get("/metrics/get-history", { run_id, metric_key: 'a"b\\\n' })).json().metrics[0].key,
      'a"b\\\n',
    );
  });

  it("is empty for a metric never logged, and refused for a run that is not there or a page that is none", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const get = (query: Record<string, string>) =>
      world.get("/metrics/get-history", { run_id, metric_key: "m", ...query });
    assert.equal((await get({})).text, "{}");
    await log(world, run_id, [[1, 1, 1]]);
    assert.match(
      refusalOf(await get({ run_id: "0".repeat(32) })),
      /^RESOURCE_DOES_NOT_EXIST: Run with id=0+ not found/,
    );
    assert.match(refusalOf(await get({ metric_key: "" })), /Missing value for required parameter 'metric_key'/);
    assert.match(
      refusalOf(await get({ max_results: "0" })),
      /Invalid value 0 for parameter 'max_results' supplied\. It must be a positive integer\./,
    );
    assert.match(refusalOf(await get({ max_results: "x" })), /Invalid value "x" for parameter 'max_results'/);
    assert.match(refusalOf(await get({ page_token: "nonsense" })), /^INVALID_PARAMETER_VALUE/);
  });
});

describe("histories of several runs", () => {
  const url = "//ajax-api/2.0/mlflow/metrics/get-history-bulk";

  it("come by run, each point with its run, up to the limit; unknown runs have none", async () => {
    await using world = await openWorld();
    const runs = [await world.newRun(), await world.newRun()].sort();
    for (const run of runs)
      await log(world, run, [
        [1, 1, 1],
        [2, 2, 2],
      ]);
    const get = async (max_results?: string) =>
      (
        await world.get(url, {
          run_id: [...runs, "0".repeat(32), "x"].reverse(),
          metric_key: "m",
          ...(max_results === undefined ? {} : { max_results }),
        })
      ).json();
    assert.deepEqual(
      (await get()).metrics.map((m: { run_id: string; step: number }) => [m.run_id, m.step]),
      [
        [runs[0], 1],
        [runs[0], 2],
        [runs[1], 1],
        [runs[1], 2],
      ],
    );
    assert.equal((await get("3")).metrics.length, 3);
    assert.deepEqual((await world.get(url, { run_id: "x", metric_key: "m" })).json(), { metrics: [] });
  });

  it("are asked for one to a hundred runs, and one metric", async () => {
    await using world = await openWorld();
    assert.match(refusalOf(await world.get(url)), /must specify at least one run_id\./);
    assert.match(refusalOf(await world.get(url, { run_id: "x" })), /must specify a metric_key\./);
    assert.match(
      refusalOf(await world.get(url, { run_id: Array(101).fill("x"), metric_key: "m" })),
      /cannot specify more than 100 run_ids\. Received 101 run_ids\./,
    );
    assert.equal((await world.get("/metrics/get-history-bulk", { run_id: "x", metric_key: "m" })).status, 404);
  });
});

describe("histories sampled for a chart", () => {
  const get = (world: World, query: Record<string, string | string[]>, base = "ajax-api") =>
    world.get(`//${base}/2.0/mlflow/metrics/get-history-bulk-interval`, query);

  it("keep both ends and lie evenly, a run after the other", async () => {
    await using world = await openWorld();
    const runs = [await world.newRun(), await world.newRun()];
    for (const run of runs)
      await log(
        world,
        run,
        Array.from({ length: 100 }, (_, step) => [1000 - step, step, step] as const),
      );
    for (const base of ["api", "ajax-api"]) {
      const { metrics } = (await get(world, { run_ids: runs, metric_key: "m", max_results: "4" }, base)).json();
      const steps = (run: string | undefined) =>
        metrics.filter((m: { run_id: string }) => m.run_id === run).map((m: { step: number }) => m.step);
      for (const run of runs) assert.deepEqual(steps(run), [0, 25, 50, 99]);
    }
    const range = (
      await get(world, { run_ids: runs[0] ?? "", metric_key: "m", start_step: "10", end_step: "12" })
    ).json();
    assert.deepEqual(
      range.metrics.map((m: { step: number }) => m.step),
      [10, 11, 12],
    );
    assert.equal((await get(world, { run_ids: runs, metric_key: "never" })).text, "{}");
  });

  it("are bounded even when all points share a step", async () => {
    await using world = await openWorld();
    const run = await world.newRun();
    await log(
      world,
      run,
      Array.from({ length: 3000 }, (_, time) => [time, 0, time] as const),
    );
    assert.equal((await get(world, { run_ids: run, metric_key: "m" })).json().metrics.length, 2500);
  });

  it("are refused beyond their limits", async () => {
    await using world = await openWorld();
    const run_ids = await world.newRun();
    const refusal = async (query: Record<string, string | string[]>) =>
      refusalOf(await get(world, { run_ids, metric_key: "m", ...query }));
    assert.match(refusalOf(await get(world, { metric_key: "m" })), /Missing value for required parameter 'run_ids'/);
    assert.match(refusalOf(await get(world, { run_ids })), /Missing value for required parameter 'metric_key'/);
    assert.match(
      await refusal({ run_ids: Array(101).fill(run_ids) }),
      /must specify at most 100 run_ids\. Received 101 run_ids\. See the API docs/,
    );
    for (const max_results of ["0", "2501"])
      assert.match(await refusal({ max_results }), /max_results must be between 1 and 2500\. See the API docs/);
    assert.match(
      await refusal({ start_step: "1" }),
      /If either start step or end step are specified, both must be specified\./,
    );
    assert.match(
      await refusal({ start_step: "2", end_step: "1" }),
      /end_step must be greater than start_step\. Found start_step=2 and end_step=1\./,
    );
    assert.match(await refusal({ run_ids: "0".repeat(32) }), /^RESOURCE_DOES_NOT_EXIST/);
  });
});
