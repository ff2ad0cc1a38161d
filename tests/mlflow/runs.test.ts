import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openWorld, refusalOf } from "./world.ts";

describe("a run on the wire", () => {
  it("has the fields that proto2 gives it: those set, even if empty, and no others", async () => {
    await using world = await openWorld();
    const created = await world.post("/runs/create", {
      experiment_id: "0",
      start_time: 1234,
      run_name: "r",
      user_id: "ada",
      tags: [{ key: "a", value: "" }],
    });
    const { run } = created.json();
    const id = run.info.run_id;
    assert.deepEqual(run, {
      info: {
        run_uuid: id,
        run_id: id,
        run_name: "r",
        experiment_id: "0",
        user_id: "ada",
        status: "RUNNING",
        start_time: 1234,
        artifact_uri: `mlflow-artifacts:/0/${id}/artifacts`,
        lifecycle_stage: "active",
      },
      data: {
        tags: [
          { key: "a", value: "" },
          { key: "mlflow.runName", value: "r" },
        ],
      },
      inputs: {},
      outputs: {},
    });
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.deepEqual((await world.get("/runs/get", { run_id: id })).json().run, run);
    assert.deepEqual((await world.get("/runs/get", { run_uuid: id })).json().run, run);
  });

  it("is born in Default, with a name and an empty user, when nothing is said", async () => {
    await using world = await openWorld();
    const { info } = (await world.post("/runs/create", {})).json().run;
    assert.equal(info.experiment_id, "0");
    assert.equal(info.user_id, "");
    assert.match(info.run_name, /^[a-z]+-[a-z]+-\d+$/);
    assert.ok(info.start_time > 1_600_000_000_000);
  });

  it("is named by the field or the tag, but not by both differently", async () => {
    await using world = await openWorld();
    const tag = (value: string) => [{ key: "mlflow.runName", value }];
    assert.equal((await world.post("/runs/create", { tags: tag("t") })).json().run.info.run_name, "t");
    assert.equal((await world.post("/runs/create", { run_name: "t", tags: tag("t") })).json().run.info.run_name, "t");
    assert.equal(
      refusalOf(await world.post("/runs/create", { run_name: "a", tags: tag("b") })),
      "INVALID_PARAMETER_VALUE: Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='a', mlflow.runName='b').",
    );
  });

  it("is not made in an experiment that is deleted, unknown or no number", async () => {
    await using world = await openWorld();
    const id = await world.newExperiment("gone");
    await world.post("/experiments/delete", { experiment_id: id });
    const refusal = async (experiment_id: string) => refusalOf(await world.post("/runs/create", { experiment_id }));
    assert.equal(
      await refusal(id),
      `INVALID_PARAMETER_VALUE: The experiment ${id} must be in the 'active' state. Current state is deleted.`,
    );
    assert.equal(await refusal("77"), "RESOURCE_DOES_NOT_EXIST: No Experiment with id=77 exists");
    assert.match(await refusal("x"), /^INVALID_PARAMETER_VALUE: Invalid experiment ID 'x'/);
  });

  it("is updated by field: a name leaves the status, a status leaves the name, an ending can be given", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun({ run_name: "old" });
    const renamed = (await world.post("/runs/update", { run_id, run_name: "new" })).json().run_info;
    assert.deepEqual([renamed.run_name, renamed.status, renamed.end_time], ["new", "RUNNING", undefined]);
    const ended = (await world.post("/runs/update", { run_uuid: run_id, status: "FAILED", end_time: "99" })).json()
      .run_info;
    assert.deepEqual([ended.run_name, ended.status, ended.end_time], ["new", "FAILED", 99]);
    assert.equal((await world.post("/runs/update", { run_id, status: 1 })).json().run_info.status, "RUNNING");
    assert.equal((await world.post("/runs/update", { run_id, run_name: "" })).json().run_info.run_name, "new");
    assert.match(
      refusalOf(await world.post("/runs/update", { run_id, status: "DONE" })),
      /Invalid value "DONE" for parameter 'status'/,
    );
  });

  it("is deleted and restored as often as asked", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    for (const [verb, stage] of [
      ["delete", "deleted"],
      ["delete", "deleted"],
      ["restore", "active"],
      ["restore", "active"],
    ]) {
      assert.equal((await world.post(`/runs/${verb}`, { run_id })).text, "{}");
      assert.equal((await world.get("/runs/get", { run_id })).json().run.info.lifecycle_stage, stage);
    }
  });

  it("carries its name as the tag mlflow.runName, whichever way it changed", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun({ run_name: "n0" });
    const names = async () => {
      const { info, data } = (await world.get("/runs/get", { run_id })).json().run;
      return [info.run_name, data.tags.find(({ key }: { key: string }) => key === "mlflow.runName")?.value];
    };
    await world.post("/runs/set-tag", { run_id, key: "mlflow.runName", value: "n1" });
    assert.deepEqual(await names(), ["n1", "n1"]);
    await world.services.runs.update(run_id, { name: "n2" });
    assert.deepEqual(await names(), ["n2", "n2"]);
    await world.post("/runs/set-tag", { run_id, key: "mlflow.runName", value: "" });
    assert.deepEqual(await names(), ["n2", "n2"]);
    assert.equal((await world.post("/runs/delete-tag", { run_id, key: "mlflow.runName" })).status, 200);
    assert.deepEqual(await names(), ["n2", "n2"]);
  });
});

describe("a search for runs", () => {
  it("gives whole runs, a token when there are more, and no empty lists", async () => {
    await using world = await openWorld();
    assert.equal((await world.post("/runs/search", { experiment_ids: ["0"] })).text, "{}");
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.unshift(await world.newRun({ start_time: index }));
    const first = (await world.post("/runs/search", { experiment_ids: ["0"], max_results: 2 })).json();
    assert.deepEqual(
      first.runs.map((run: { info: { run_id: string } }) => run.info.run_id),
      ids.slice(0, 2),
    );
    const second = (
      await world.post("/runs/search", { experiment_ids: ["0"], max_results: 2, page_token: first.next_page_token })
    ).json();
    assert.deepEqual(
      second.runs.map((run: { info: { run_id: string } }) => run.info.run_id),
      ids.slice(2),
    );
    assert.equal(second.next_page_token, undefined);
  });

  it("sees the living unless told otherwise", async () => {
    await using world = await openWorld();
    const [kept, gone] = [await world.newRun(), await world.newRun()];
    await world.post("/runs/delete", { run_id: gone });
    const found = async (run_view_type?: string | number) => {
      const { runs = [] } = (await world.post("/runs/search", { experiment_ids: ["0"], run_view_type })).json();
      return runs.map((run: { info: { run_id: string } }) => run.info.run_id).sort();
    };
    assert.deepEqual(await found(), [kept]);
    assert.deepEqual(await found("DELETED_ONLY"), [gone]);
    assert.deepEqual(await found(3), [kept, gone].sort());
    assert.match(refusalOf(await world.post("/runs/search", { run_view_type: "SOME" })), /parameter 'run_view_type'/);
  });

  it("is refused beyond its limits and with a token that is none", async () => {
    await using world = await openWorld();
    const refusal = async (body: object) =>
      refusalOf(await world.post("/runs/search", { experiment_ids: ["0"], ...body }));
    assert.match(
      await refusal({ max_results: 50_001 }),
      /^INVALID_PARAMETER_VALUE: Invalid value 50001 for parameter 'max_results' supplied/,
    );
    assert.match(
      await refusal({ max_results: 0 }),
      /Invalid value 0 for parameter 'max_results' supplied\. It must be a positive integer/,
    );
    assert.match(await refusal({ page_token: "nonsense" }), /^INVALID_PARAMETER_VALUE: /);
    assert.match(
      await refusal({ page_token: Buffer.from('{"offset":1}').toString("base64") }),
      /^INVALID_PARAMETER_VALUE: /,
    );
    assert.match(await refusal({ experiment_ids: ["x"] }), /Experiment ID must be a valid integer/);
    assert.match(await refusal({ experiment_ids: [0] }), /parameter 'experiment_ids\[0\]'/);
    assert.match(await refusal({ order_by: "start_time" }), /parameter 'order_by'.*'str'/);
    assert.match(await refusal({ filter: "params.a = 5" }), /Expected a quoted string value/);
    assert.match(
      await refusal({ filter: Array(1002).fill("metrics.a > 1").join(" AND ") }),
      /^INVALID_PARAMETER_VALUE: /,
    );
  });

  it("judges NaN as no number: != alone is true of it", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    await world.post("/runs/log-metric", { run_id, key: "m", value: "NaN", timestamp: 1 });
    const count = async (filter: string) =>
      ((await world.post("/runs/search", { experiment_ids: ["0"], filter })).json().runs ?? []).length;
    for (const operator of ["=", "<", "<=", ">", ">="])
      assert.equal(await count(`metrics.m ${operator} 0`), 0, operator);
    assert.equal(await count("metrics.m != 0"), 1);
  });
});
