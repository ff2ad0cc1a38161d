import assert from "node:assert/strict";
import { freshName, freshRun, points, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

inEveryWorld("runs", {
  "a run is created with all that it may have, and comes back the same": async ({ services: { runs } }) => {
    const made = await runs.create({
      name: "it's 😀",
      startedAt: 1_700_000_000_000,
      author: "ada",
      parameters: [
        { key: "lr", value: 0.1 },
        { group: "optimizer", key: "betas", value: [0.9, 0.999] },
        { key: "limit", value: Number.POSITIVE_INFINITY },
        { key: "seed", value: Number.NaN },
        { key: "note", value: { a: null, b: ["x", true] } },
      ],
      tags: { "a'b": "🙂" },
      labels: ["best", "it's"],
    });
    assert.match(made.id, /^[0-9a-f]{32}$/);
    assert.equal(made.experiment, 0);
    assert.equal(made.state, "running");
    assert.equal(made.author, "ada");
    assert.equal(made.startedAt, 1_700_000_000_000);
    assert.equal(made.attempt, 1);
    const values = Object.fromEntries(made.parameters.map(({ group, key, value }) => [`${group}/${key}`, value]));
    assert.deepEqual(values, {
      "/lr": 0.1,
      "/limit": Number.POSITIVE_INFINITY,
      "/seed": Number.NaN,
      "/note": { a: null, b: ["x", true] },
      "optimizer/betas": [0.9, 0.999],
    });
    assert.deepEqual(made.tags, { "a'b": "🙂" });
    assert.deepEqual([...made.labels].sort(), ["best", "it's"]);
    assert.deepEqual(await runs.get(made.id), made);
  },

  "a run without a name gets a friendly one, and names need not be unique": async ({ services: { runs } }) => {
    assert.match((await runs.create()).name, /\w/);
    const [a, b] = [await runs.create({ name: "same" }), await runs.create({ name: "same" })];
    assert.notEqual(a.id, b.id);
  },

  "a caller that asks for a unique name gets what its policy says": async ({ services }) => {
    const { id: experiment } = await services.experiments.create({ name: freshName("names") });
    const create = (onConflict?: "error" | "skip" | "duplicate" | "overwrite") =>
      services.runs.create({ experiment, name: "one", onConflict });
    const first = await create("error");
    await refuses("conflict", () => create("error"), /onConflict/);
    assert.equal((await create("skip")).id, first.id);
    assert.equal((await create("duplicate")).name, "one_1");
    const fresh = await create("overwrite");
    assert.notEqual(fresh.id, first.id);
    assert.notEqual((await services.runs.get(first.id)).deletedAt, null);
  },

  "a parameter keeps its value unless the call says replace; tags just change": async ({ services: { runs } }) => {
    const { id } = await runs.create();
    await runs.log(id, { parameters: [{ key: "lr", value: 0.1 }], tags: { stage: "a" } });
    await runs.log(id, { parameters: [{ key: "lr", value: 0.1 }], tags: { stage: "b" } });
    await refuses("conflict", () => runs.log(id, { parameters: [{ key: "lr", value: 0.2 }] }), /lr/);
    await runs.log(id, { parameters: [{ key: "lr", value: 0.3 }], replace: true });
    const run = await runs.get(id);
    assert.deepEqual(run.parameters, [{ group: "", key: "lr", value: 0.3 }]);
    assert.deepEqual(run.tags, { stage: "b" });
  },

  "a call is applied whole or not at all": async ({ services: { runs, series } }) => {
    const { id } = await runs.create({ parameters: [{ key: "lr", value: 0.1 }] });
    const call = {
      parameters: [{ key: "lr", value: 0.2 }],
      tags: { a: "b" },
      points: points([{ key: "loss", step: 1, time: 1, value: 1 }]),
      modules: [{ type: "model", name: "net", hash: "h" }],
    };
    await refuses("conflict", () => runs.log(id, call));
    const run = await runs.get(id);
    assert.deepEqual([run.tags, run.metrics], [{}, []]);
    assert.deepEqual(await series.list(id), []);
    assert.deepEqual(await runs.listModules(id), []);
  },

  "tags, labels, name and star are changed by update": async ({ services: { runs } }) => {
    const { id } = await runs.create({ tags: { a: "1", b: "2" }, labels: ["x", "y"] });
    const run = await runs.update(id, {
      ...{ name: "renamed", starred: true, error: "boom" },
      tags: { a: null, c: "3" },
      addLabels: ["z"],
      removeLabels: ["x", "never there"],
    });
    assert.deepEqual(run.tags, { b: "2", c: "3" });
    assert.deepEqual([...run.labels].sort(), ["y", "z"]);
    assert.deepEqual([run.name, run.starred, run.error], ["renamed", true, "boom"]);
    assert.equal((await runs.update(id, { error: null, starred: false })).error, null);
    await refuses("not_found", () => runs.update(id, { tags: { a: null }, strict: true }), /'a'/);
  },

  "the state machine: an ending sets the end, running again opens the next attempt": async ({ services: { runs } }) => {
    const queued = await runs.create({ state: "scheduled" });
    assert.deepEqual([queued.attempt, queued.startedAt, queued.endedAt], [0, null, null]);
    const running = await runs.update(queued.id, { state: "running" });
    assert.equal(running.attempt, 1);
    assert.notEqual(running.startedAt, null);
    const failed = await runs.update(queued.id, { state: "failed", endedAt: 1_900_000_000_000 });
    assert.deepEqual([failed.state, failed.endedAt], ["failed", 1_900_000_000_000]);
    const resumed = await runs.update(queued.id, { state: "running" });
    assert.deepEqual([resumed.attempt, resumed.endedAt, resumed.startedAt], [2, null, running.startedAt]);
    for (const state of ["finished", "killed"] as const) {
      assert.equal((await runs.update(queued.id, { state })).state, state);
    }
  },

  "notes are numbered and kept in order": async ({ services: { runs } }) => {
    const { id } = await runs.create();
    const first = await runs.addNote(id, "it's a start 😀");
    await runs.addNote(id, "and\nan end");
    const notes = await runs.listNotes(id);
    assert.deepEqual(notes[0], first);
    assert.deepEqual(
      notes.map(({ number, text }) => [number, text]),
      [
        [1, "it's a start 😀"],
        [2, "and\nan end"],
      ],
    );
    await refuses("invalid", () => runs.addNote(id, " "));
  },

  "a note's text is mended under its time and author, and the note is taken away": async ({ services: { runs } }) => {
    const { id } = await runs.create();
    const other = await runs.create();
    const note = await runs.addNote(id, "good reslut");
    const kept = await runs.addNote(id, "stays");
    const mended = { ...note, text: "good result" };
    assert.deepEqual(await runs.updateNote(id, note.number, "good result"), mended);
    assert.deepEqual(await runs.listNotes(id), [mended, kept]);
    await refuses("invalid", () => runs.updateNote(id, note.number, " "));
    await refuses("invalid", () => runs.deleteNote(id, 1.5));
    // The number alone is not enough: it must be a note of this run.
    await refuses("not_found", () => runs.updateNote(other.id, note.number, "x"), /no note/);
    await refuses("not_found", () => runs.deleteNote(other.id, note.number), /no note/);
    await runs.deleteNote(id, note.number);
    assert.deepEqual(await runs.listNotes(id), [kept]);
    await refuses("not_found", () => runs.deleteNote(id, note.number), /no note/);
    await runs.delete(id);
    await refuses("precondition", () => runs.deleteNote(id, kept.number), /restore/);
  },

  "modules, iterations and datasets are logged and listed": async ({ services: { runs } }) => {
    const { id } = await runs.create();
    const module = { type: "model", name: "net", hash: "h1", parameters: { layers: [3, 4] } };
    const dataset = { name: "digits", digest: "d1", sourceType: "local", source: "a.csv", schema: null, profile: null };
    await runs.log(id, {
      modules: [module],
      iterations: [
        { hash: "i1", phase: "train", epoch: 1, dataset: { name: "digits", hash: "d1" }, modules: [module] },
        { hash: "i2", arguments: { batch_size: 32 } },
      ],
      inputs: [{ dataset, context: "train", tags: { a: "b" } }],
    });
    assert.deepEqual(await runs.listModules(id), [module]);
    const iterations = await runs.listIterations(id);
    assert.deepEqual(iterations, [
      ...[{ hash: "i1", phase: "train", epoch: 1, arguments: {}, modules: [module] }].map((first) => ({
        ...first,
        dataset: { name: "digits", hash: "d1", arguments: {} },
      })),
      { hash: "i2", phase: null, epoch: null, dataset: null, arguments: { batch_size: 32 }, modules: [] },
    ]);
    assert.deepEqual((await runs.get(id)).inputs, [{ dataset, context: "train", tags: { a: "b" } }]);
    assert.equal(await runs.clearIterations(id, "i1"), 1);
    assert.equal(await runs.clearIterations(id), 1);
    assert.deepEqual(await runs.listIterations(id), []);
  },

  "a ping says that the training lives": async ({ services: { runs } }) => {
    const { id, heartbeatAt } = await runs.create();
    await runs.ping(id);
    assert.ok((await runs.get(id)).heartbeatAt >= heartbeatAt);
    await refuses("not_found", () => runs.ping("0".repeat(32)));
  },

  "a deleted run refuses writes, is restored whole, or goes for good": async ({ services: { runs, series } }) => {
    const { id } = await runs.create();
    const write = () => runs.log(id, { points: points([{ key: "loss", step: 1, time: 1, value: 1 }]) });
    await write();
    await refuses("precondition", () => runs.purge(id), /delete it/);
    await runs.delete(id);
    await runs.delete(id);
    await refuses("precondition", write, /restore/);
    await refuses("precondition", () => runs.update(id, { name: "x" }), /restore/);
    await refuses("precondition", () => runs.addNote(id, "x"), /restore/);
    assert.equal((await runs.restore(id)).deletedAt, null);
    assert.equal((await series.list(id)).length, 1);
    await runs.delete(id);
    await runs.purge(id);
    await refuses("not_found", () => runs.get(id), new RegExp(id));
    await refuses("not_found", () => series.list(id));
  },

  "runs are searched by what was logged, ordered, and paged completely": async ({ services }) => {
    const { runs } = services;
    const { id: experiment } = await services.experiments.create({ name: freshName("search") });
    const losses = [0.5, Number.NaN, 0.1, 0.3, undefined];
    const made: string[] = [];
    for (const [i, loss] of losses.entries()) {
      const { id } = await runs.create({
        ...{ experiment, name: `run's ${i}`, tags: { parity: i % 2 === 0 ? "even" : "odd" } },
        parameters: [{ key: "lr", value: 10 ** -i }],
        labels: i === 2 ? ["best one"] : [],
      });
      made.push(id);
      if (loss !== undefined) {
        await runs.log(id, { points: points([{ key: "train/loss", step: 1, time: 1, value: loss }]) });
      }
    }
    const found = async (input: object) => {
      const { items } = await runs.search({ experiments: [experiment], ...input });
      return items.map(({ id }) => made.indexOf(id));
    };
    assert.deepEqual(await found({}), [4, 3, 2, 1, 0]);
    assert.deepEqual(await found({ filter: "metrics.`train/loss` < 0.4", order: "metrics.`train/loss` asc" }), [2, 3]);
    assert.deepEqual(await found({ order: "metrics.`train/loss` asc" }), [2, 3, 0, 1, 4]);
    assert.deepEqual(await found({ filter: "tags.parity = 'odd' and params.lr != '0.1'" }), [3]);
    assert.deepEqual(await found({ filter: "attributes.name = 'run''s 2'" }), [2]);
    const tree = { op: "compare", field: { kind: "tag", key: "parity" }, comparison: "=", value: "odd" } as const;
    assert.deepEqual(await found({ filter: tree }), [3, 1]);
    assert.deepEqual(await found({ experiments: [] }), []);

    const seen: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await runs.search({
        experiments: [experiment],
        limit: 2,
        cursor,
        order: "metrics.`train/loss` desc",
      });
      seen.push(...page.items.map(({ id }) => made.indexOf(id)));
      if (page.next === null) break;
      cursor = page.next;
    }
    assert.deepEqual(seen, await found({ order: "metrics.`train/loss` desc" }));
    await runs.delete(made[0] ?? "");
    assert.deepEqual(await found({}), [4, 3, 2, 1]);
    assert.deepEqual(await found({ lifecycle: "deleted" }), [0]);
    await refuses("invalid", () => found({ filter: "metrics.loss <" }));
    await refuses("invalid", () => found({ cursor: "nonsense" }), /cursor/);
  },

  // A reader keeps what it read of runs, and its text; `get` keeps nothing.
  "a list shows each run as it is, whatever has changed since it was listed last": async ({ services }) => {
    const { runs, series, experiments, checkpoints } = services;
    const { id: experiment } = await experiments.create({ name: freshName("kept") });
    const { id } = await runs.create({ experiment, parameters: [{ key: "lr", value: 0.1 }], tags: { a: "1" } });
    const { id: other } = await runs.create({ experiment, name: "other", labels: ["still"] });
    const { id: checkpoint } = await checkpoints.create({ experiment, name: "left" });
    const log = (key: string, step: number, value: number) => ({ points: points([{ key, step, time: step, value }]) });
    const dataset = { name: "d", digest: "1", sourceType: "local", source: "d.csv", schema: null, profile: null };
    const changes: Record<string, () => Promise<unknown>> = {
      nothing: async () => {},
      "a first metric": () => runs.log(id, log("loss", 1, 2)),
      "a point": () => runs.log(id, log("loss", 2, 1)),
      "a value that is not finite": () => runs.log(id, log("loss", 3, Number.NaN)),
      "a second metric": () => runs.log(id, log("acc", 1, 0.5)),
      "a parameter": () => runs.log(id, { parameters: [{ group: "opt", key: "seed", value: Number.NaN }] }),
      "a parameter's value": () => runs.log(id, { parameters: [{ key: "lr", value: 0.2 }], replace: true }),
      "a tag": () => runs.log(id, { tags: { b: "🙂" } }),
      "a tag taken away": () => runs.update(id, { tags: { a: null } }),
      labels: () => runs.update(id, { addLabels: ["best"] }),
      "labels taken away": () => runs.update(id, { removeLabels: ["best"] }),
      "an input": () => runs.log(id, { inputs: [{ dataset, context: "train", tags: { c: "1" } }] }),
      "a checkpoint": () => runs.log(id, { outputs: [{ checkpoint, step: 3 }] }),
      "the checkpoint gone": () => checkpoints.delete(checkpoint).then(() => checkpoints.purge(checkpoint)),
      "a name and a star": () => runs.update(id, { name: "it's new", starred: true }),
      "a series cleared": () => series.clear(id, "loss"),
      "the series again": () => runs.log(id, log("loss", 1, 3)),
      "an end, and what it seals": () => runs.update(id, { state: "finished" }),
      deletion: () => runs.delete(id),
      "the experiment's deletion": () => experiments.delete(experiment),
      "the experiment back": () => experiments.restore(experiment),
      "all back": () => runs.restore(id),
    };
    for (const [change, make] of Object.entries(changes)) {
      await make();
      const { items } = await runs.search({ experiments: [experiment], lifecycle: "all" });
      // The newest first.
      assert.deepEqual(items, [await runs.get(other), await runs.get(id)], change);
    }
  },

  "an unknown id is not_found, and what is no id is invalid": async ({ services: { runs } }) => {
    const unknown = "f".repeat(32);
    await refuses("not_found", () => runs.get(unknown), new RegExp(unknown));
    await refuses("not_found", () => runs.log(unknown, { tags: { a: "b" } }));
    for (const bad of ["x", "F".repeat(32), "../etc/passwd", "a/b", "%2e%2e", "😀'", " "]) {
      await refuses("invalid", () => runs.get(bad), /32 lower-case hex/);
      await refuses("invalid", () => runs.log(bad, { points: points([]) }), /32 lower-case hex/);
    }
  },

  "a fresh run has no series, files or notes": async ({ services }) => {
    const { id } = await freshRun(services);
    assert.deepEqual(await services.series.list(id), []);
    assert.deepEqual(await services.runs.listNotes(id), []);
    assert.deepEqual(await services.artifacts.list(id), { items: [], next: null });
  },
});
