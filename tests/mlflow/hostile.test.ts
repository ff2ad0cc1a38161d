import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { describe, it } from "node:test";
import { createServices } from "@cairn/core";
import { createServer, type Log, mlflowWire } from "@cairn/server";
import { answerForms } from "@cairn/server/forms";
import { casTree, memoryBlobs, memoryStore } from "@cairn/stores";
import { openWorld, refusalOf } from "./world.ts";

const RUNS_URL = "/api/2.0/mlflow/runs";
const JSON_HEADERS = { "content-type": "application/json" };

describe("a body nobody honest sends", () => {
  // Each was answered with a 500: the walks of the parsed value overflowed the stack.
  it("is refused when nested too deeply, on every road", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const bodies = [
      ["/experiments/create", `{"name":${deep}}`],
      ["/runs/search", `{"filter":${deep}}`],
      ["/runs/log-batch", `{"run_id":"${run_id}","metrics":${deep}}`],
      ["/runs/log-batch", `{"metrics":[{"key":"a","value":1,"timestamp":1}],"run_id":${deep}}`],
      ["/runs/log-metric", `{"run_id":"${run_id}","key":"a","timestamp":1,"value":${deep}}`],
    ] as const;
    for (const [path, body] of bodies) {
      assert.equal(
        refusalOf(await world.post(path, body)),
        "INVALID_PARAMETER_VALUE: Bad Request. The body is nested deeper than 100 levels.",
      );
    }
    const model = { artifact_path: "m", flavors: {}, utc_time_created: "now", run_id };
    const model_json = JSON.stringify(model).replace('"m"', deep);
    assert.match(
      refusalOf(await world.post("/runs/log-model", { run_id, model_json })),
      /^INVALID_PARAMETER_VALUE: Malformed model info\. It is nested deeper than 100 levels\.$/,
    );
    assert.deepEqual(world.lines, []);
  });

  it("is refused when it is not UTF-8, and nothing of it is kept", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun({ run_name: "n" });
    const send = (path: string, text: string) =>
      world.send("POST", RUNS_URL + path, { body: Buffer.from(text, "latin1"), headers: JSON_HEADERS });
    const tag = `"tags":[{"key":"t","value":"\xe9"}]`;
    for (const answer of [
      await send("/set-tag", `{"run_id":"${run_id}","key":"t","value":"\xe9"}`),
      await send("/log-batch", `{"run_id":"${run_id}","metrics":[{"key":"a","value":1,"timestamp":1}],${tag}}`),
      await send("/log-batch", `{"run_id":"${run_id}",${tag}}`),
    ])
      assert.equal(refusalOf(answer), "INVALID_PARAMETER_VALUE: Bad Request. The body is not UTF-8.");
    const run = await world.services.runs.get(run_id);
    assert.deepEqual([run.tags, run.metrics], [{}, []]);
  });

  // Seconds on the only thread there is, each.
  it("is refused before its items are looked at when there are too many", async () => {
    await using world = await openWorld();
    const search = async (body: object) => refusalOf(await world.post("/runs/search", body));
    assert.match(
      await search({ experiment_ids: Array(10_001).fill("x") }),
      /A search names at most 10000 experiments, not 10001\.$/,
    );
    assert.match(await search({ order_by: Array(50_000).fill("metrics.a") }), /at most 32 keys, not 50000\.$/);
    assert.match(await search({ experiment_ids: Array(1_000_001).fill("0") }), /holds more than 1000000 values/);
  });

  it("has 20 MB at most, but 64 MB with the profiles of datasets", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const filler = "x".repeat(21 * 1024 * 1024);
    assert.match(
      refusalOf(await world.post("/runs/set-tag", { run_id, key: "k", value: "v", filler })),
      /^INVALID_PARAMETER_VALUE: The body is too large: this call takes 20971520 bytes\. Send it in several\.$/,
    );
    assert.equal((await world.post("/runs/log-inputs", { run_id, datasets: [], filler })).text, "{}");
  });
});

describe("a refused call", () => {
  // The tags were written first, and then the name refused.
  it("changes nothing, whichever of its tags is the bad one", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun({ run_name: "n" });
    for (const value of ["\ufeff", " ", "n".repeat(2000), "a\0b"]) {
      const tags = [
        { key: "zz", value: "v" },
        { key: "mlflow.runName", value },
      ];
      assert.match(
        refusalOf(await world.post("/runs/log-batch", { run_id, tags })),
        /^INVALID_PARAMETER_VALUE: A run's/,
      );
    }
    const run = await world.services.runs.get(run_id);
    assert.deepEqual([run.name, run.tags], ["n", {}]);
  });
});

describe("many at once", () => {
  // Each read the history, added its model and wrote: of 40, one was left.
  it("add each its model to the run's history", async () => {
    await using world = await openWorld();
    const run_id = await world.newRun();
    const names = Array.from({ length: 40 }, (_, index) => `m${index}`);
    const answers = await Promise.all(
      names.map((artifact_path) => {
        const model = { artifact_path, flavors: {}, utc_time_created: "now", run_id };
        return world.post("/runs/log-model", { run_id, model_json: JSON.stringify(model) });
      }),
    );
    for (const { text } of answers) assert.equal(text, "{}");
    const history = JSON.parse((await world.services.runs.get(run_id)).tags["mlflow.log-model.history"] ?? "[]");
    assert.deepEqual(history.map((model: { artifact_path: string }) => model.artifact_path).sort(), names.sort());
  });
});

describe("a client that goes away", () => {
  it("amid its body is not the server's defect: the operator sees no error", async () => {
    const logged = Promise.withResolvers<string>();
    await using world = await listen((level, line) => {
      if (line.includes("/runs/create")) logged.resolve(`${level} ${line}`);
    });
    const arrived = once(world.server, "request");
    const socket = connect(world.port, "127.0.0.1");
    const head = `POST ${RUNS_URL}/create HTTP/1.1\r\nhost: 127.0.0.1:${world.port}\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: 99\r\n\r\n{`);
    await arrived;
    socket.destroy();
    assert.match(await logged.promise, /^debug POST .* the client went away$/);
  });

  // An answer of its own was then sent behind the broken one, which fails: two errors with stacks for each closed tab.
  it("amid a download is no defect either", async () => {
    const errors: string[] = [];
    await using world = await listen((level, line) => void (level === "error" && errors.push(line)));
    const { id } = await world.services.runs.create({});
    const piece = new Uint8Array(1024 * 1024);
    const bytes = async function* () {
      for (let i = 0; i < 64; i++) yield piece;
    };
    await world.services.artifacts.write(id, "a", bytes());
    const proxied = `/api/2.0/mlflow-artifacts/artifacts/0/${id}/artifacts/a`;
    for (const path of [`/get-artifact?run_id=${id}&path=a`, proxied, `/api/v1/runs/${id}/artifacts/a`]) {
      const ended = once(world.server, "request").then(([, response]) => once(response, "close"));
      const socket = connect(world.port, "127.0.0.1");
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${world.port}\r\n\r\n`);
      assert.match(String((await once(socket, "data"))[0]), /^HTTP\/1\.1 200/);
      socket.destroy();
      await ended;
    }
    // Whatever still follows the last one's end does so before the next request is answered.
    await fetch(`http://127.0.0.1:${world.port}/health`).then((answer) => answer.text());
    assert.deepEqual(errors, []);
  });
});

/** A server on a port of its own, over memory. */
async function listen(log: Log) {
  const clock = { now: () => Date.now() };
  const ids = { hex: () => randomBytes(16).toString("hex"), below: (limit: number) => randomInt(limit) };
  const records = memoryStore({ forms: answerForms });
  const blobs = memoryBlobs({ clock });
  const services = createServices({ records, blobs, artifacts: casTree({ records, blobs }), clock, ids });
  await services.init();
  const wires = [mlflowWire()];
  const app = createServer({ services, events: records.events, version: "0.0.0", wires, options: { log } });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    services: services.as({ name: "" }),
    server: app.server,
    port: (app.server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await records.close();
    },
  };
}
