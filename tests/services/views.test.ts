import assert from "node:assert/strict";
import { freshName, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

inEveryWorld("views", {
  "a screen is saved, listed without its state, changed and deleted, and its hints go out": async ({
    services,
    events,
  }) => {
    const { views } = services;
    const { id: experiment } = await services.experiments.create({ name: freshName("views") });
    const heard: string[] = [];
    const stop = events.subscribe(({ kind, id }) => kind.startsWith("view.") && heard.push(`${kind} ${id}`));
    const state = { columns: ["params.lr"], split: 0.5, deep: { "it's": null } };
    const made = await views.create({ name: "best", screen: "experiment", experiment, state });
    const { state: kept, ...info } = made;
    assert.deepEqual(kept, state);
    assert.equal(info.experiment, experiment);
    assert.equal(info.project, "default");
    assert.deepEqual(await views.get(made.id), made);
    assert.deepEqual(await views.list({ screen: "experiment", experiment }), [info]);
    const next = await views.update(made.id, { name: "better", state: [] });
    assert.deepEqual({ ...next, updatedAt: 0 }, { ...made, name: "better", state: [], updatedAt: 0 });
    await views.delete(made.id);
    await refuses("not_found", () => views.get(made.id));
    assert.deepEqual(await views.list({ experiment }), []);
    stop();
    assert.deepEqual(
      heard,
      ["created", "updated", "deleted"].map((what) => `view.${what} ${made.id}`),
    );
  },

  "a name is taken within its project, screen and experiment, and only there": async ({ services }) => {
    const { views } = services;
    const { id: experiment } = await services.experiments.create({ name: freshName("views") });
    const name = freshName("view");
    const first = await views.create({ name, screen: "tracker", state: 1 });
    await refuses("conflict", () => views.create({ name, screen: "tracker", experiment: null, state: 2 }), /Choose/);
    const own = await views.create({ name, screen: "tracker", experiment, state: 3 });
    const other = await views.create({ name: `${name}!`, screen: "tracker", state: 4 });
    await views.create({ name, screen: "compare", state: 5 });
    await refuses("conflict", () => views.update(other.id, { name }));
    await views.update(first.id, { name, state: 6 });
    const named = (list: readonly { readonly id: number }[]) => list.map(({ id }) => id);
    const loose = named(await views.list({ screen: "tracker", experiment: null }));
    assert.ok(loose.includes(first.id) && loose.includes(other.id) && !loose.includes(own.id));
    assert.deepEqual(named(await views.list({ experiment })), [own.id]);
  },

  "what cannot be a view is refused": async ({ services: { views } }) => {
    await refuses("invalid", () => views.create({ name: " ", screen: "experiment", state: {} }));
    await refuses("invalid", () => views.create({ name: "big", screen: "s", state: "x".repeat(65_536) }), /65536/);
    await refuses("not_found", () => views.create({ name: "lost", screen: "s", experiment: 999_999, state: {} }));
    await refuses("not_found", () => views.create({ name: "lost", screen: "s", project: "nowhere", state: {} }));
    await refuses("not_found", () => views.delete(999_999));
  },

  "the views of an experiment go when it is purged": async ({ services }) => {
    const { id: experiment } = await services.experiments.create({ name: freshName("views") });
    const { id } = await services.views.create({ name: "v", screen: "experiment", experiment, state: {} });
    await services.experiments.delete(experiment);
    assert.equal((await services.views.get(id)).experiment, experiment);
    await services.experiments.purge(experiment);
    await refuses("not_found", () => services.views.get(id));
  },
});
