import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createClient, type Fetch, startRun } from "@cairn/client";
import { openFile } from "@cairn/client/node";
import { isTrackerError, type Services } from "@cairn/core";
import { bytesOf, freshName, refuses, rowsOf, textOf } from "./support/expect.ts";
import { raw } from "./support/raw.ts";
import { openRecord, serve } from "./support/worlds.ts";

const silent = () => {};

describe("the client", () => {
  let record: Awaited<ReturnType<typeof openRecord>>;
  let server: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    record = await openRecord("memory");
    server = await serve(record);
  });
  after(async () => {
    await server.close();
    await record.close();
    assert.deepEqual(server.defects, []);
  });

  test("a run is logged with counted steps, phases, parameters, tags, notes and files, and finished", async () => {
    const client = createClient(server.url);
    const run = await startRun(client, {
      experiment: freshName("digits"),
      name: "it's 😀",
      parameters: { lr: 0.1 },
      labels: ["x"],
    });
    for (let epoch = 0; epoch < 3; epoch++) {
      run.log({ loss: 1 / (epoch + 1), acc: epoch }, { phase: "train", time: 1000 + epoch });
    }
    run.log({ loss: Number.NaN }, { step: 10, time: 5 });
    run.log({ loss: 7 }, { time: 6 });
    await run.parameters({ layers: [1, 2] }, { group: "model" });
    void run.tags({ stage: "done" });
    await run.note("went well");
    await run.artifact("notes.txt", "text");
    const shown = await run.finish();
    assert.deepEqual(
      [shown.state, shown.name, shown.labels, shown.tags],
      ["finished", "it's 😀", ["x"], { stage: "done" }],
    );
    assert.equal(shown.parameters.find(({ group }) => group === "model")?.key, "layers");
    assert.deepEqual(
      (await rowsOf(client, run.id, "train/loss")).map(({ step, value }) => [step, value]),
      [
        [0, 1],
        [1, 0.5],
        [2, 1 / 3],
      ],
    );
    assert.deepEqual(
      (await rowsOf(client, run.id, "loss")).map(({ step }) => step),
      [10, 11],
    );
    assert.throws(() => run.log({ loss: 1 }), /finished/);
    const more = await startRun(client, { resume: run.id });
    more.log({ loss: 1 }, { step: 11, time: 9 });
    assert.equal((await more.finish("killed")).attempt, 2);
  });

  test("a wrong value is refused at once, and its whole row with it", async () => {
    const client = createClient(server.url);
    const run = await startRun(client, {});
    for (const bad of ["1", null, undefined, {}, 1n]) {
      assert.throws(() => run.log({ good: 1, bad: bad as never }), /bad/);
    }
    assert.throws(() => run.log({ good: 1 }, { step: 0.5 }), /step.*0\.5/);
    // The server refuses a call whole: one bad key once took along all the good points that waited with it.
    for (const key of ["", " ", "k".repeat(1025), "half \ud800"])
      assert.throws(() => run.log({ good: 1, [key]: 1 }), /key/);
    assert.throws(() => run.log({ good: 1, k: 1 }, { phase: "p".repeat(1024) }), /key.*1024/);
    await run.finish();
    assert.deepEqual(await client.series.list(run.id), []);
  });

  test("what the server refuses is told to who waits, to onProblem, and by flush", async () => {
    const problems: string[] = [];
    const client = createClient(server.url);
    const run = await startRun(client, { parameters: { lr: 1 }, onProblem: ({ message }) => problems.push(message) });
    await refuses("conflict", () => run.parameters({ lr: 2 }), /lr/);
    run.log({ ok: 1 });
    await refuses("conflict", () => run.flush(), /lr/);
    await run.flush();
    assert.equal(problems.length, 1);
    run.tags({ ["k".repeat(2000)]: "x" }).catch(() => {});
    await refuses("invalid", () => run.finish(), /1024/);
    const shown = await client.runs.get(run.id);
    assert.deepEqual([shown.state, shown.metrics.map(({ key }) => key)], ["finished", ["ok"]]);
  });

  // The answer to a stored batch gets lost; without marks the retry would count twice, or be dropped as a duplicate of
  // points that differ only in what the server added.
  test("lost answers and refused connections neither lose nor double a point", async () => {
    let calls = 0;
    const flaky: Fetch = async (input, init) => {
      const isLog = input.endsWith("/points") || input.endsWith("/log");
      calls += isLog ? 1 : 0;
      if (isLog && calls % 3 === 0) throw new TypeError("fetch failed");
      const response = await fetch(input, init);
      if (isLog && calls % 3 === 1) {
        await response.arrayBuffer();
        throw new TypeError("fetch failed");
      }
      return response;
    };
    const client = createClient(server.url, { fetch: flaky, retries: 0 });
    const run = await startRun(client, { onProblem: silent });
    for (let step = 0; step < 5; step++) {
      run.log({ loss: step }, { time: step });
      await run.tags({ last: String(step) });
    }
    await run.finish();
    assert.deepEqual(
      (await rowsOf(client, run.id, "loss")).map(({ value }) => value),
      [0, 1, 2, 3, 4],
    );
    assert.ok(calls > 15, String(calls));
  });

  test("a hundred thousand points ask for patience, and none is dropped", async () => {
    const client = createClient(server.url);
    const run = await startRun(client, { onProblem: silent });
    let hasRoom = true;
    let step = 0;
    while (hasRoom) hasRoom = run.log({ a: step, b: -step }, { step: step++, time: 1 });
    assert.equal(run.waiting, 100_000);
    await run.ready();
    assert.ok(run.waiting < 50_000);
    await run.finish();
    assert.deepEqual(
      (await client.series.list(run.id)).map(({ count }) => count),
      [50_000, 50_000],
    );
  });

  test("a file that the server has is not sent again; a large one goes in parts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cairn-client-"));
    const file = join(folder, "large.bin");
    writeFileSync(file, Buffer.alloc(40 << 20, "cairn"));
    const sent: string[] = [];
    let broken = 0;
    const counting: Fetch = async (input, init) => {
      const path = new URL(input).pathname.replace(/[0-9a-f]{32}/g, "ID");
      sent.push(`${init?.method} ${path.replace("/api/v1", "")}`);
      // The second part breaks off on its way, once.
      if (init?.method === "PATCH" && sent.filter((line) => line.startsWith("PATCH")).length === 2 && broken++ === 0) {
        throw new TypeError("fetch failed");
      }
      return fetch(input, init);
    };
    const client = createClient(server.url, { fetch: counting });
    const run = await startRun(client, {});
    const made = await run.artifact("model.bin", await openFile(file));
    assert.equal(made.size, 40 << 20);
    assert.deepEqual(sent.slice(1), [
      "POST /runs/ID/links",
      "POST /uploads",
      "PATCH /uploads/ID",
      "PATCH /uploads/ID",
      "GET /uploads/ID",
      "PATCH /uploads/ID",
      "POST /uploads/ID/finish",
    ]);
    sent.length = 0;
    assert.equal((await run.artifact("again.bin", await openFile(file))).digest, made.digest);
    assert.deepEqual(sent, ["POST /runs/ID/links"]);
    await refuses("invalid", () => openFile(join(folder, "missing")), /missing/);
    await run.finish();
    rmSync(folder, { recursive: true });
  });

  test("an unreachable server is unavailable, and says which", async () => {
    const client = createClient("http://127.0.0.1:9", { retries: 0 });
    await refuses("unavailable", () => client.projects.list(), /127\.0\.0\.1:9.*running/);
    assert.throws(() => createClient("localhost:4600"), /http:\/\//);
  });

  test("an answer that is no problem becomes the code of its status", async () => {
    const proxy: Fetch = async () => new Response("<h1>Bad gateway</h1>", { status: 502 });
    await refuses("unavailable", () => createClient(server.url, { fetch: proxy, retries: 0 }).projects.list(), /502/);
  });

  test("a server that is busy is asked again, for reads and writes alike", async () => {
    let refused = 0;
    const busy: Fetch = async (input, init) =>
      refused++ < 2
        ? Response.json({ code: "rate_limited", message: "Later.", details: {}, requestId: "r" }, { status: 429 })
        : fetch(input, init);
    const { id } = await createClient(server.url, { fetch: busy }).runs.create();
    assert.ok(id);
  });

  // A run that was created twice would show up as a ghost that never ends.
  test("a create whose answer was lost is not sent again", async () => {
    let sent = 0;
    const lost: Fetch = async () => {
      sent++;
      throw new TypeError("fetch failed");
    };
    await refuses("unavailable", () => createClient(server.url, { fetch: lost }).runs.create());
    assert.equal(sent, 1);
  });

  test("an artifact that changes between finding and reading is noticed", async () => {
    const client = createClient(server.url);
    const { id } = await client.runs.create();
    await client.artifacts.write(id, "a", bytesOf("one"));
    const found = await client.artifacts.find(id, "a");
    await client.artifacts.write(id, "a", bytesOf("two"));
    await refuses("precondition", () => textOf(found?.read() ?? bytesOf()), /changed/);
  });
});

test("a training goes on over a restart of the server, with every point there once", async () => {
  const record = await openRecord("sqlite");
  let server = await serve(record);
  const { port } = new URL(server.url);
  const client = createClient(server.url, { retries: 0 });
  const problems: string[] = [];
  const run = await startRun(client, { onProblem: ({ message }) => problems.push(message) });
  for (let step = 0; step < 300; step++) {
    run.log({ loss: step }, { step, time: step });
    if (step === 100) await server.close();
    if (step === 200) server = await serve(record, Number(port));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await run.finish();
  const rows = await rowsOf(client, run.id, "loss");
  assert.deepEqual(
    rows.map(({ step }) => step),
    [...Array(300).keys()],
  );
  assert.ok(problems.length > 0);
  await server.close();
  await record.close();
});

test("closing the server ends live streams, lets requests finish, and frees the port", async () => {
  const record = await openRecord("memory");
  const { services, begun } = noticeWrites(record.source.as({ name: "" }));
  const server = await serve({ ...record, source: { ...record.source, as: () => services } });
  const stream = await fetch(`${server.url}/api/v1/events`);
  const reader = stream.body?.getReader();
  await reader?.read();
  const client = createClient(server.url, { retries: 0 });
  const { id } = await client.runs.create();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow = async function* () {
    yield new TextEncoder().encode("slow ");
    await released;
    yield new TextEncoder().encode("bytes");
  };
  const writing = client.artifacts.write(id, "slow.txt", slow());
  await begun;
  const closing = server.close();
  while (!(await reader?.read())?.done);
  release();
  assert.equal((await writing).size, 10);
  await closing;
  const refused = await client.projects.list().catch((error: unknown) => error);
  assert.ok(isTrackerError(refused) && refused.code === "unavailable");
  await record.close();
});

/** Tells when the first file has begun to arrive. */
function noticeWrites(services: Services): { readonly services: Services; readonly begun: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const write: Services["artifacts"]["write"] = (...args) => {
    resolve();
    return services.artifacts.write(...args);
  };
  return { services: { ...services, artifacts: { ...services.artifacts, write } }, begun: promise };
}

test("under a static prefix everything moves, links of the pages too", async () => {
  const record = await openRecord("memory");
  const server = await serve(record, 0, { staticPrefix: "/team/cairn/" });
  const client = createClient(`${server.url}/team/cairn/`);
  const run = await startRun(client, { experiment: "prefixed" });
  run.log({ loss: 1 });
  await run.finish();
  assert.equal((await client.runs.get(run.id)).metrics.length, 1);
  for (const path of ["/", "/docs", "/api/v1/status"]) {
    assert.equal((await fetch(`${server.url}/team/cairn${path}`)).status, 200, path);
    assert.equal((await fetch(`${server.url}${path}`)).status, 404, path);
  }
  const docs = await (await fetch(`${server.url}/team/cairn/docs`)).text();
  assert.match(docs, /href="\/team\/cairn\/pages\/page\.css"/);
  assert.ok(docs.includes(`curl ${server.url}/team/cairn/api/v1/projects`));
  const document = await (await fetch(`${server.url}/team/cairn/api/v1/openapi.json`)).json();
  assert.deepEqual((document as { servers: unknown }).servers, [{ url: "/team/cairn/api/v1" }]);
  await server.close();
  await record.close();
});

test("a server behind a proxy knows its public name, and shows it", async () => {
  const record = await openRecord("memory");
  const server = await serve(record, 0, { publicUrl: "https://cairn.example/", allowedHosts: ["other.example"] });
  const ask = (host: string, origin?: string) =>
    raw(server.url, "/docs", { headers: origin === undefined ? { host } : { host, origin } });
  const page = await ask("cairn.example", "https://cairn.example");
  assert.equal(page.status, 200);
  assert.match(page.text, /https:\/\/cairn\.example\/api\/v1/);
  assert.equal((await ask("other.example")).status, 200);
  assert.equal((await ask("third.example")).status, 403);
  await server.close();
  await record.close();
});
