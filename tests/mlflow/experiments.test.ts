import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "node:test";
import { openWorld, refusalOf } from "./world.ts";

describe("an experiment on the wire", () => {
  it("has the fields that proto2 gives it", async () => {
    await using world = await openWorld();
    const id = await world.newExperiment("e", { tags: [{ key: "a", value: "" }] });
    const { experiment } = (await world.get("/experiments/get", { experiment_id: id })).json();
    const { creation_time, last_update_time, ...rest } = experiment;
    assert.deepEqual(rest, {
      experiment_id: id,
      name: "e",
      artifact_location: `mlflow-artifacts:/${id}`,
      lifecycle_stage: "active",
      tags: [{ key: "a", value: "" }],
    });
    assert.ok(Number.isInteger(creation_time) && last_update_time >= creation_time);
    assert.deepEqual((await world.get("/experiments/get-by-name", { experiment_name: "e" })).json(), { experiment });
    assert.equal((await world.get("/experiments/get", { experiment_id: "0" })).json().experiment.tags, undefined);
  });

  it("is not found by an id or a name that there is not", async () => {
    await using world = await openWorld();
    const byId = async (experiment_id: string) => refusalOf(await world.get("/experiments/get", { experiment_id }));
    assert.equal(await byId("9"), "RESOURCE_DOES_NOT_EXIST: No Experiment with id=9 exists");
    assert.match(
      await byId("nine"),
      /^INVALID_PARAMETER_VALUE: Invalid experiment ID 'nine'\. Experiment ID must be a valid integer\./,
    );
    assert.equal(
      refusalOf(await world.get("/experiments/get-by-name", { experiment_name: "no'ne" })),
      "RESOURCE_DOES_NOT_EXIST: Could not find experiment with name 'no'ne'",
    );
    assert.match(
      refusalOf(await world.get("/experiments/get")),
      /Missing value for required parameter 'experiment_id'/,
    );
  });

  it("lies where it was told, where the server keeps new ones, or with the server", async () => {
    await using world = await openWorld({ defaultArtifactRoot: "s3://bucket/root/" });
    const location = async (body: object) => {
      const id = await world.newExperiment(JSON.stringify(body), body);
      const uri = (await world.get("/experiments/get", { experiment_id: id })).json().experiment.artifact_location;
      return uri.replace(id, "ID");
    };
    assert.equal(await location({}), "s3://bucket/root/ID");
    assert.equal(await location({ artifact_location: "" }), "s3://bucket/root/ID");
    assert.equal(await location({ artifact_location: "gs://b/c?x=y" }), "gs://b/c?x=y");
    assert.equal(await location({ artifact_location: "my_location" }), resolve("my_location"));
    assert.equal(await location({ artifact_location: "file:sub" }), `file://${resolve("sub")}`);
    const id = await world.newExperiment("with query", { artifact_location: "gs://b/c?x=y" });
    const run = await world.newRun({ experiment_id: id });
    assert.equal(
      (await world.get("/runs/get", { run_id: run })).json().run.info.artifact_uri,
      `gs://b/c/${run}/artifacts?x=y`,
    );
    const refusal = async (artifact_location: string) =>
      refusalOf(await world.post("/experiments/create", { name: "x", artifact_location }));
    assert.match(await refusal("s3://b#f"), /'artifact_location' URL can't include fragments or params\./);
    assert.match(await refusal("s3://b/a;p"), /fragments or params/);
    assert.match(await refusal("s3://b?a=%252e%252e"), /Invalid query string/);
    assert.match(await refusal("runs:/a/b"), /cannot be a runs:\/ URI/);
    assert.match(await refusal(`s3://${"x".repeat(2050)}`), /cannot be greater than 2048 characters/);
  });

  it("refuses a name that is taken, missing or too long", async () => {
    await using world = await openWorld();
    await world.newExperiment("e");
    const refusal = async (name: unknown) => refusalOf(await world.post("/experiments/create", { name }));
    assert.match(await refusal("e"), /^RESOURCE_ALREADY_EXISTS: Experiment\(name=e\) already exists/);
    assert.match(await refusal(""), /Missing value for required parameter 'name'/);
    assert.match(await refusal(5), /Invalid value 5 for parameter 'name' supplied: {2}Hint: Value was of type 'int'/);
    assert.match(await refusal("x".repeat(501)), /'name' exceeds the maximum length of 500 characters/);
    const tagged = await world.post("/experiments/create", { name: "t", tags: [{ key: "a//b", value: "1" }] });
    assert.match(refusalOf(tagged), /would resolve to 'a\/b'/);
  });

  it("cannot be renamed while deleted, nor to a name that is taken", async () => {
    await using world = await openWorld();
    const [a] = [await world.newExperiment("a"), await world.newExperiment("b")];
    const rename = async (new_name: string) => world.post("/experiments/update", { experiment_id: a, new_name });
    assert.match(refusalOf(await rename("b")), /^RESOURCE_ALREADY_EXISTS/);
    assert.equal((await rename("c")).text, "{}");
    assert.match(refusalOf(await rename("")), /Missing value for required parameter 'new_name'/);
    await world.post("/experiments/delete", { experiment_id: a });
    // Not MLflow's 500, which its client would repeat for minutes.
    assert.equal(refusalOf(await rename("d")), "INVALID_STATE: Cannot rename a non-active experiment.");
  });

  it("has tags that are set, replaced, deleted once, and refused while it is deleted", async () => {
    await using world = await openWorld();
    const experiment_id = await world.newExperiment("e");
    const set = (key: string, value: string) =>
      world.post("/experiments/set-experiment-tag", { experiment_id, key, value });
    const remove = (key: string) => world.post("/experiments/delete-experiment-tag", { experiment_id, key });
    await set("k", "1");
    assert.equal((await set("k", "2")).text, "{}");
    assert.deepEqual((await world.services.experiments.get(Number(experiment_id))).tags, { k: "2" });
    assert.equal((await remove("k")).text, "{}");
    assert.equal(
      refusalOf(await remove("k")),
      `RESOURCE_DOES_NOT_EXIST: No tag with name: k in experiment with id ${experiment_id}`,
    );
    assert.match(refusalOf(await set("k", "v".repeat(20_001))), /'value' exceeds the maximum length of 20000/);
    await world.post("/experiments/delete", { experiment_id });
    const deleted = `INVALID_PARAMETER_VALUE: The experiment ${experiment_id} must be in the 'active' state. Current state is deleted.`;
    assert.equal(refusalOf(await set("k", "1")), deleted);
    assert.equal(refusalOf(await remove("k")), deleted);
  });

  it("is deleted only while active, restored only while deleted", async () => {
    await using world = await openWorld();
    const experiment_id = await world.newExperiment("e");
    const run_id = await world.newRun({ experiment_id });
    const missing = `RESOURCE_DOES_NOT_EXIST: No Experiment with id=${experiment_id} exists`;
    assert.equal(refusalOf(await world.post("/experiments/restore", { experiment_id })), missing);
    assert.equal((await world.post("/experiments/delete", { experiment_id })).text, "{}");
    assert.equal((await world.get("/runs/get", { run_id })).json().run.info.lifecycle_stage, "deleted");
    assert.equal(refusalOf(await world.post("/experiments/delete", { experiment_id })), missing);
    assert.equal((await world.post("/experiments/restore", { experiment_id })).text, "{}");
    assert.equal((await world.get("/runs/get", { run_id })).json().run.info.lifecycle_stage, "active");
  });
});

describe("a search for experiments", () => {
  it("pages through them by POST and by GET", async () => {
    await using world = await openWorld();
    for (const name of ["a", "b", "c"]) await world.newExperiment(name, { tags: [{ key: "t", value: name }] });
    const names = (answer: { json(): { experiments?: { name: string }[] } }) =>
      (answer.json().experiments ?? []).map(({ name }) => name);
    const first = await world.post("/experiments/search", {
      max_results: 2,
      order_by: ["name ASC"],
      filter: "name != 'Default'",
    });
    assert.deepEqual(names(first), ["a", "b"]);
    const query = {
      max_results: "2",
      order_by: ["name ASC"],
      filter: "name != 'Default'",
      page_token: first.json().next_page_token,
    };
    const second = await world.get("/experiments/search", query);
    assert.deepEqual(names(second), ["c"]);
    assert.equal(second.json().next_page_token, undefined);
    assert.deepEqual(
      names(await world.post("/experiments/search", { max_results: 9, filter: "tags.t = 'b'", view_type: "ALL" })),
      ["b"],
    );
    assert.equal((await world.post("/experiments/search", { view_type: 2 })).text, "{}");
    assert.equal(names(await world.post("/experiments/search", {})).length, 4);
  });

  it("is refused beyond its limits", async () => {
    await using world = await openWorld();
    const refusal = async (body: object) => refusalOf(await world.post("/experiments/search", body));
    assert.match(await refusal({ max_results: 0 }), /It must be a positive integer/);
    assert.match(await refusal({ max_results: 50_001 }), /It must be at most 50000/);
    assert.match(await refusal({ page_token: "?" }), /^INVALID_PARAMETER_VALUE/);
    assert.match(await refusal({ order_by: ["tags.x"] }), /Invalid order_by entity: tag/);
    assert.match(await refusal({ filter: "name LIKE 5" }), /Expected a quoted string value/);
  });
});
