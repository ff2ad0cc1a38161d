import assert from "node:assert/strict";
import type { Checkpoint, CheckpointPoint, Services } from "@cairn/core";
import { bytesOf, freshName, freshRun, points, refuses, textOf } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

const NOWHERE = `m-${"0".repeat(32)}`;

async function freshExperiment({ experiments }: Services): Promise<number> {
  return (await experiments.create({ name: freshName("experiment") })).id;
}

/** One value measured by a run; a digest means a dataset of that name. */
function measured(checkpoint: Checkpoint, key: string, value: number, time: number, digest?: string): CheckpointPoint {
  const dataset = digest === undefined ? null : { name: "digits", digest };
  return { checkpoint: checkpoint.id, key, step: time, time, value, dataset };
}

inEveryWorld("checkpoints", {
  "a checkpoint is created, found and changed": async ({ services }) => {
    const { checkpoints } = services;
    const run = await freshRun(services);
    const made = await checkpoints.create({
      name: "net",
      type: "mlp",
      run: run.id,
      parameters: [
        { key: "depth", value: 3 },
        { group: "sgd", key: "lr", value: Number.NaN },
      ],
      tags: { stage: "try" },
    });
    assert.match(made.id, /^m-[0-9a-f]{32}$/);
    assert.deepEqual([made.experiment, made.run, made.state, made.message], [run.experiment, run.id, "pending", null]);
    assert.deepEqual(made.parameters, [
      { group: "", key: "depth", value: 3 },
      { group: "sgd", key: "lr", value: Number.NaN },
    ]);
    assert.deepEqual(await checkpoints.get(made.id), made);

    const ready = await checkpoints.update(made.id, {
      state: "ready",
      parameters: [
        { key: "depth", value: 3 },
        { key: "width", value: "64" },
      ],
      tags: { stage: null, team: "a" },
    });
    assert.equal(ready.state, "ready");
    assert.deepEqual(ready.tags, { team: "a" });
    assert.deepEqual(
      ready.parameters.map(({ key }) => key),
      ["depth", "lr", "width"],
    );
    assert.ok(ready.updatedAt >= made.updatedAt);
    const failed = await checkpoints.update(made.id, {
      state: "failed",
      message: "disk full",
      name: "other",
      type: "x",
    });
    assert.deepEqual([failed.state, failed.message, failed.name, failed.type], ["failed", "disk full", "other", "x"]);
    assert.deepEqual(await checkpoints.get(made.id), failed);
  },

  "one that says nothing lies in experiment 0, under a name of its own": async ({ services: { checkpoints } }) => {
    const made = await checkpoints.create();
    assert.equal(made.experiment, 0);
    assert.equal(made.run, null);
    assert.notEqual(made.name, "");
    assert.notEqual((await checkpoints.create({})).id, made.id);
  },

  "a parameter cannot change, a key cannot stand twice, a tag that is not there cannot go": async ({ services }) => {
    const { checkpoints } = services;
    const { id } = await checkpoints.create({ parameters: [{ key: "a", value: 1 }] });
    await refuses("conflict", () => checkpoints.update(id, { parameters: [{ key: "a", value: 2 }] }), /'1'.*'2'/);
    const twice = [
      { key: "b", value: 1 },
      { key: "b", value: 1 },
    ];
    await refuses("invalid", () => checkpoints.update(id, { parameters: twice, state: "ready" }), /twice/);
    assert.equal((await checkpoints.get(id)).state, "pending", "a refusal changes nothing");
    await refuses("not_found", () => checkpoints.update(id, { tags: { x: null }, strict: true }), /'x'/);
    await checkpoints.update(id, { tags: { x: null } });
    await refuses("invalid", () => checkpoints.update(id, { state: "done" as "ready" }));
    await refuses("invalid", () => checkpoints.create({ name: " " }));
  },

  "what is not there is not_found, and what is no id is invalid": async ({ services }) => {
    const { checkpoints, checkpointFiles, runs } = services;
    const run = await freshRun(services);
    for (const act of [
      () => checkpoints.get(NOWHERE),
      () => checkpoints.update(NOWHERE, { state: "ready" }),
      () => checkpoints.delete(NOWHERE),
      () => checkpoints.restore(NOWHERE),
      () => checkpoints.purge(NOWHERE),
      () => checkpointFiles.list(NOWHERE),
      () => checkpointFiles.find(NOWHERE, "a"),
      () => checkpointFiles.write(NOWHERE, "a", bytesOf("x")),
      () => checkpointFiles.delete(NOWHERE, "a"),
      () => runs.log(run.id, { outputs: [{ checkpoint: NOWHERE }] }),
      () => runs.log(run.id, { used: [NOWHERE] }),
      () => runs.log(run.id, { measured: [{ checkpoint: NOWHERE, key: "a", step: 0, time: 0, value: 1 }] }),
    ]) {
      await refuses("not_found", act, /No checkpoint/);
    }
    await refuses("not_found", () => checkpoints.create({ run: "0".repeat(32) }), /No run/);
    await refuses("not_found", () => checkpoints.create({ experiment: 987_654 }), /No experiment/);
    await refuses("invalid", () => checkpoints.get(run.id), /m-/);
  },

  "runs name the checkpoints that they left and used": async ({ services }) => {
    const { checkpoints, runs } = services;
    const run = await freshRun(services);
    const first = await checkpoints.create({ run: run.id });
    const second = await checkpoints.create({ run: run.id });
    await runs.log(run.id, { outputs: [{ checkpoint: second.id, step: 20 }, { checkpoint: first.id }] });
    await runs.log(run.id, { outputs: [{ checkpoint: first.id, step: 0 }], used: [second.id] });
    const logged = await runs.get(run.id);
    assert.deepEqual(logged.outputs, [
      { checkpoint: first.id, step: 0 },
      { checkpoint: second.id, step: 20 },
    ]);
    assert.deepEqual(logged.used, [second.id]);
    const [found] = (await runs.search({ experiments: [run.experiment] })).items;
    assert.deepEqual(found?.outputs, logged.outputs);
  },

  "what is measured stands with the checkpoint, exactly, once, and not in the run's series": async ({ services }) => {
    const { checkpoints, runs, series } = services;
    const run = await freshRun(services);
    const one = await checkpoints.create();
    const values = [0.1, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, -1.7976931348623157e308];
    const batch = values.map((value, time) => measured(one, "acc", value, time, "d1"));
    await runs.log(run.id, { measured: [...batch, measured(one, "loss", 1, 3)] });
    await runs.log(run.id, { measured: batch, points: points([{ key: "acc", step: 0, time: 0, value: 2 }]) });
    const { metrics } = await checkpoints.get(one.id);
    assert.deepEqual(
      metrics.filter(({ key }) => key === "acc").map(({ value }) => value),
      values,
    );
    assert.deepEqual(metrics.at(-1), { key: "loss", step: 3, time: 3, value: 1, dataset: null, run: run.id });
    assert.deepEqual(metrics[0]?.dataset, { name: "digits", digest: "d1" });
    assert.deepEqual(
      (await series.list(run.id)).map(({ key, count }) => [key, count]),
      [["acc", 1]],
    );
    await refuses("invalid", () => runs.log(run.id, { measured: [measured(one, "", 1, 1)] }));
    await refuses("invalid", () => runs.log(run.id, { measured: [measured(one, "a", 1, 0.5)] }));
  },

  "of very many points the newest of each key are told": async ({ services }) => {
    const { checkpoints, runs } = services;
    const run = await freshRun(services);
    const one = await checkpoints.create();
    const many = Array.from({ length: 1500 }, (_, time) => measured(one, "a", time, time));
    await runs.log(run.id, { measured: [...many, measured(one, "b", 7, 0)] });
    const { metrics } = await checkpoints.get(one.id);
    assert.equal(metrics.length, 501);
    assert.deepEqual([metrics[0]?.value, metrics[499]?.value, metrics[500]?.value], [1000, 1499, 7]);
  },

  "searches ask about everything that a checkpoint has": async ({ services }) => {
    const { checkpoints, runs } = services;
    const experiment = await freshExperiment(services);
    const run = await runs.create({ experiment });
    const a = await checkpoints.create({
      experiment,
      name: "a",
      type: "mlp",
      run: run.id,
      state: "ready",
      tags: { team: "x" },
    });
    const b = await checkpoints.create({ experiment, name: "b", parameters: [{ key: "depth", value: 3 }] });
    const c = await checkpoints.create({ experiment, name: "c" });
    const elsewhere = await checkpoints.create({ experiment: await freshExperiment(services), name: "a" });
    await runs.log(run.id, {
      measured: [
        measured(a, "acc", 0.9, 1, "d1"),
        measured(a, "acc", 0.5, 2, "d2"),
        measured(b, "acc", 0.7, 1, "d1"),
        measured(b, "acc", Number.NaN, 3),
        measured(c, "loss", 1, 1, "d1"),
      ],
    });
    const names = async (filter: string | object, order: string | object = "name", more: object = {}) => {
      const input = { experiments: [experiment], filter, order, ...more } as Parameters<typeof checkpoints.search>[0];
      return (await checkpoints.search(input)).items.map(({ name }) => name).join("");
    };
    for (const [filter, expected] of [
      ["", "abc"],
      ["name = 'a'", "a"],
      ["name like '%' and type = 'mlp'", "a"],
      [`run = '${run.id}'`, "a"],
      [`run = '${run.id}' and name = 'b'`, ""],
      ["run is null", "bc"],
      ["state = 'ready' or name = 'c'", "ac"],
      [`id in ('${a.id}', '${c.id}')`, "ac"],
      ["created > 5", "abc"],
      ["tags.team = 'x'", "a"],
      ["params.depth >= 3", "b"],
      ["metrics.acc < 0.6", "a"],
      ["metrics.acc.max > 0.8", "a"],
      ["metrics.acc.min = 0.7", "b"],
      ["points.acc > 0.6", "ab"],
      ["points.acc = 0.9", "a"],
      ["any points.acc != 0.9", "ab"],
      ["points.acc is not null", "ab"],
      ["points.loss is null", "ab"],
    ] as const) {
      assert.equal(await names(filter), expected, filter);
    }
    assert.equal(await names("", "metrics.acc desc"), "abc", "NaN after numbers, missing last");
    const on = (digest: string | null) => [{ name: "digits", digest }];
    const metric = { kind: "metric", key: "acc", stat: "latest" };
    const byFirst = [{ field: { ...metric, datasets: on("d1") }, descending: true }];
    assert.equal(await names("", byFirst), "abc");
    assert.equal(await names("", [{ field: { ...metric, datasets: on("d2") }, descending: false }]), "acb");
    const above = (field: object, value: number) => ({ op: "compare", field, comparison: ">", value });
    assert.equal(await names(above({ kind: "point", key: "acc", datasets: on("d2") }, 0.6)), "");
    assert.equal(await names(above({ kind: "point", key: "acc", datasets: on(null) }, 0.6)), "ab");
    const any = { op: "null", field: { kind: "point", key: null, datasets: on("d1") }, negated: true };
    assert.equal(await names(any), "abc");
    assert.equal(elsewhere.name, "a");
    const everywhere = await checkpoints.search({ filter: "name = 'a'", limit: 50 });
    assert.ok(everywhere.items.length >= 2);
    await refuses("invalid", () => names("label = 'x'"), /a checkpoint/);
    await refuses("invalid", () => runs.search({ filter: "points.acc > 1" }), /a run/);
    await refuses("invalid", () =>
      runs.search({ order: [{ field: { ...metric, datasets: on(null) } as never, descending: false }] }),
    );
  },

  "pages follow each other, newest first": async ({ services }) => {
    const { checkpoints } = services;
    const experiment = await freshExperiment(services);
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await checkpoints.create({ experiment })).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await checkpoints.search({ experiments: [experiment], limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen, made.toReversed());
    const { next } = await checkpoints.search({ experiments: [experiment], limit: 2 });
    await refuses("invalid", () => checkpoints.search({ experiments: [], limit: 2, cursor: next ?? "" }), /cursor/);
  },

  "a deleted checkpoint is passed over, can be read and changed, and comes back": async ({ services }) => {
    const { checkpoints } = services;
    const experiment = await freshExperiment(services);
    const { id } = await checkpoints.create({ experiment });
    const found = async (lifecycle: "active" | "deleted" | "all") =>
      (await checkpoints.search({ experiments: [experiment], lifecycle })).items.length;
    await checkpoints.delete(id);
    await checkpoints.delete(id);
    assert.deepEqual([await found("active"), await found("deleted"), await found("all")], [0, 1, 1]);
    assert.notEqual((await checkpoints.get(id)).deletedAt, null);
    assert.deepEqual((await checkpoints.update(id, { tags: { a: "b" } })).tags, { a: "b" });
    assert.equal((await checkpoints.restore(id)).deletedAt, null);
    assert.equal(await found("active"), 1);
    await refuses("precondition", () => checkpoints.purge(id), /delete it/);
  },

  "a deleted experiment takes its checkpoints along, and refuses for them": async ({ services }) => {
    const { checkpoints, checkpointFiles, experiments } = services;
    const experiment = await freshExperiment(services);
    const { id } = await checkpoints.create({ experiment });
    await checkpointFiles.write(id, "a.txt", bytesOf("x"));
    await experiments.delete(experiment);
    assert.notEqual((await checkpoints.get(id)).deletedAt, null);
    for (const act of [
      () => checkpoints.create({ experiment }),
      () => checkpoints.update(id, { state: "ready" }),
      () => checkpoints.restore(id),
      () => checkpointFiles.write(id, "b.txt", bytesOf("x")),
      () => checkpointFiles.delete(id, "a.txt"),
    ]) {
      await refuses("precondition", act, /restore it first/);
    }
    const content = await checkpointFiles.find(id, "a.txt");
    assert.equal(content && (await textOf(content.read())), "x");
    await experiments.restore(experiment);
    assert.equal((await checkpoints.get(id)).deletedAt, null);
    await experiments.delete(experiment);
    await experiments.purge(experiment);
    await refuses("not_found", () => checkpoints.get(id));
    assert.equal((await checkpoints.search({ experiments: [experiment], lifecycle: "all" })).items.length, 0);
  },

  "a purged checkpoint is gone from everywhere, its run stays; a purged run leaves its checkpoint": async ({
    services,
  }) => {
    const { checkpoints, runs } = services;
    const run = await freshRun(services);
    const gone = await checkpoints.create({ run: run.id });
    const kept = await checkpoints.create({ run: run.id });
    await runs.log(run.id, {
      outputs: [{ checkpoint: gone.id }, { checkpoint: kept.id }],
      used: [gone.id],
      measured: [measured(gone, "a", 1, 1), measured(kept, "a", 1, 1)],
    });
    await checkpoints.delete(gone.id);
    await checkpoints.purge(gone.id);
    await refuses("not_found", () => checkpoints.get(gone.id));
    const logged = await runs.get(run.id);
    assert.deepEqual(logged.outputs, [{ checkpoint: kept.id, step: 0 }]);
    assert.deepEqual(logged.used, []);
    await runs.delete(run.id);
    await runs.purge(run.id);
    assert.equal((await checkpoints.get(kept.id)).run, run.id);
  },
});

inEveryWorld("files of a checkpoint", {
  "they are written, listed, read in part, replaced and deleted": async ({
    services: { checkpoints, checkpointFiles },
  }) => {
    const { id } = await checkpoints.create();
    const written = await checkpointFiles.write(id, "model/weights.bin", bytesOf("0123", "456789"), {
      contentType: "application/x-weights",
    });
    assert.deepEqual([written.path, written.size, written.revision], ["model/weights.bin", 10, 1]);
    await checkpointFiles.write(id, "MLmodel", bytesOf("a: 1"));
    assert.deepEqual((await checkpointFiles.list(id)).items, [
      { path: "MLmodel", isFolder: false, size: 4 },
      { path: "model", isFolder: true, size: 0 },
    ]);
    const content = await checkpointFiles.find(id, "model/weights.bin");
    assert.ok(content);
    assert.equal(content.contentType, "application/x-weights");
    assert.equal(await textOf(content.read({ start: 2, end: 5 })), "234");
    assert.equal(await checkpointFiles.find(id, "model"), undefined);
    const linked = await checkpointFiles.link(id, "copy.bin", written.digest);
    assert.equal(linked?.size, 10);
    assert.equal(await checkpointFiles.link(id, "none.bin", "0".repeat(64)), undefined);
    await refuses("conflict", () => checkpointFiles.write(id, "model", bytesOf("x")), /folder/);
    await refuses("invalid", () => checkpointFiles.write(id, "../x", bytesOf("x")));
    assert.equal(await checkpointFiles.delete(id, "model"), 1);
    await refuses("not_found", () => checkpointFiles.delete(id, "model"), /no artifact/);
  },

  "checkpoints and runs do not see each other's": async ({ services }) => {
    const { checkpoints, checkpointFiles, artifacts } = services;
    const run = await freshRun(services);
    const one = await checkpoints.create({ run: run.id });
    const other = await checkpoints.create({ run: run.id });
    await checkpointFiles.write(one.id, "a.txt", bytesOf("one"));
    assert.equal(await checkpointFiles.find(other.id, "a.txt"), undefined);
    assert.equal(await artifacts.find(run.id, "a.txt"), undefined);
  },

  "an upload in parts may end in a run, a checkpoint or a loose file": async ({ services }) => {
    const { checkpoints, checkpointFiles, uploads, files } = services;
    const { id: checkpoint } = await checkpoints.create();
    const upload = async () => {
      const { id } = await uploads.open();
      await uploads.continue(id, 0, bytesOf("abc"));
      await uploads.continue(id, 3, bytesOf("def"));
      return id;
    };
    assert.equal((await uploads.finish(await upload(), { checkpoint, path: "w.bin" })).size, 6);
    const content = await checkpointFiles.find(checkpoint, "w.bin");
    assert.equal(content && (await textOf(content.read())), "abcdef");
    const path = freshName("loose.bin").replace(" ", "");
    await uploads.finish(await upload(), { path });
    assert.equal((await files.find(path))?.size, 6);
    const last = await upload();
    await refuses("not_found", () => uploads.finish(last, { checkpoint: NOWHERE, path: "x" }), /No checkpoint/);
    assert.equal((await uploads.get(last)).received, 6, "a refused end leaves the upload open");
  },

  "parts may come side by side, each by its number, and are joined in the order asked for": async ({ services }) => {
    const { uploads, files } = services;
    const { id } = await uploads.open();
    const kept = await Promise.all(
      [3, 1, 2].map((part) => uploads.writePart(id, part, bytesOf(`part ${part} `, "x".repeat(part)))),
    );
    assert.deepEqual(kept[1], { part: 1, size: 8 });
    assert.equal((await uploads.writePart(id, 2, bytesOf("again "))).size, 6);
    await refuses("precondition", () => uploads.join(id, [{ part: 1 }, { part: 4 }]), /Part 4 .* has not come/);
    await refuses("precondition", () => uploads.join(id, [{ part: 1, size: 9 }]), /8 bytes, not 9/);
    await refuses("invalid", () => uploads.join(id, [{ part: 1 }, { part: 1 }]), /twice/);
    await refuses("invalid", () => uploads.writePart(id, 0, bytesOf("x")));
    await refuses("invalid", () => uploads.writePart(id, 10_001, bytesOf("x")));
    await refuses("not_found", () => uploads.writePart("0".repeat(32), 1, bytesOf("x")));
    await refuses("not_found", () => uploads.join("0".repeat(32), [{ part: 1 }]));
    const order = [
      { part: 1, size: 8 },
      { part: 2, size: 6 },
      { part: 3, size: 10 },
    ];
    assert.equal((await uploads.join(id, order)).received, 24);
    assert.equal((await uploads.join(id, order)).received, 24, "a join whose answer was lost");
    const path = freshName("joined").replace(" ", "");
    await uploads.finish(id, { path });
    const content = await files.find(path);
    assert.equal(content && (await textOf(content.read())), "part 1 xagain part 3 xxx");
  },
});
