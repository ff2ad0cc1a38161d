import assert from "node:assert/strict";
import { bytesOf, freshRun, points, refuses } from "./support/expect.ts";
import { inEveryWorld, type World } from "./support/worlds.ts";

/** Everything of a run that a refused call must have left alone. */
async function stateOf({ services }: World, id: string): Promise<unknown> {
  const { heartbeatAt: _, ...run } = await services.runs.get(id);
  return [
    run,
    await services.series.list(id),
    await services.runs.listNotes(id),
    await services.runs.listModules(id),
    await services.runs.listIterations(id),
    await services.artifacts.list(id),
  ];
}

type Any = never;
const longKey = "k".repeat(64 * 1024);
const point = { key: "loss", step: 1, time: 1, value: 1 };

/** What is wrong → the call on a run → what the message names. */
const calls: Readonly<Record<string, [(world: World, id: string) => Promise<unknown>, RegExp]>> = {
  "a parameter without a value": [
    ({ services }, id) => services.runs.log(id, { parameters: [{ key: "x" } as Any] }),
    /value/,
  ],
  "a parameter key of 64 KB": [
    ({ services }, id) => services.runs.log(id, { parameters: [{ key: longKey, value: 1 }] }),
    /key.*(1024|65536)/s,
  ],
  "a tag key of 64 KB": [({ services }, id) => services.runs.log(id, { tags: { [longKey]: "x" } }), /1024|65536/],
  "a metric key of 64 KB": [
    ({ services }, id) => services.runs.log(id, { points: points([{ ...point, key: longKey }]) }),
    /1024|65536/,
  ],
  "an empty metric key": [
    ({ services }, id) => services.runs.log(id, { points: points([{ ...point, key: "" }]) }),
    /key/,
  ],
  "a metric key with NUL": [
    ({ services }, id) => services.runs.log(id, { points: points([{ ...point, key: "a\0b" }]) }),
    /NUL/,
  ],
  "a metric key with half a surrogate pair": [
    ({ services }, id) => services.runs.log(id, { points: points([{ ...point, key: "\ud800" }]) }),
    /surrogate|well-formed/,
  ],
  "a tag that is a number": [({ services }, id) => services.runs.log(id, { tags: { a: 1 as Any } }), /a.*1/],
  "a name that is a number": [({ services }, id) => services.runs.update(id, { name: 1 as Any }), /name.*1/],
  "a blank name": [({ services }, id) => services.runs.update(id, { name: " " }), /name/],
  "an unknown state": [({ services }, id) => services.runs.update(id, { state: "done" as Any }), /done/],
  "an end time that is no number": [({ services }, id) => services.runs.update(id, { endedAt: "now" as Any }), /now/],
  "an end time that is a fraction": [({ services }, id) => services.runs.update(id, { endedAt: 0.5 }), /0\.5/],
  "NaN inside a list": [
    ({ services }, id) => services.runs.log(id, { parameters: [{ key: "x", value: [Number.NaN] }] }),
    /x|NaN|null/,
  ],
  "a module without a hash": [
    ({ services }, id) => services.runs.log(id, { modules: [{ type: "t", name: "n" } as Any] }),
    /hash/,
  ],
  "a writer's number of 0": [
    ({ services }, id) => services.runs.log(id, { tags: { a: "b" }, writer: { id: "w", number: 0 } }),
    /number/,
  ],
  "a label of 300 characters": [
    ({ services }, id) => services.runs.update(id, { addLabels: ["x".repeat(300)] }),
    /label/i,
  ],
  "a note that is not a text": [({ services }, id) => services.runs.addNote(id, 7 as Any), /7/],
  "a path that leads out": [({ services }, id) => services.artifacts.write(id, "../x", bytesOf("x")), /\.\./],
  "a digest that is none": [({ services }, id) => services.artifacts.link(id, "a", "zz"), /zz/],
};

inEveryWorld("bad input", {
  "is refused with a message that names the value, and nothing is changed": async (world) => {
    const { id } = await freshRun(world.services);
    await world.services.runs.log(id, {
      points: points([point]),
      tags: { a: "b" },
      parameters: [{ key: "x", value: 1 }],
    });
    const before = await stateOf(world, id);
    for (const [what, [call, message]] of Object.entries(calls)) {
      // NaN inside a list has no form on the JSON wire: there it is null, which is a value like another.
      if (what === "NaN inside a list" && world.url !== undefined) continue;
      await refuses("invalid", () => call(world, id), message).catch((error: Error) => {
        throw new Error(`${what}: ${error.message}`);
      });
      assert.deepEqual(await stateOf(world, id), before, what);
    }
  },

  "a million points at once are too large, and the limit is named": async ({ services }) => {
    const { id } = await freshRun(services);
    const rows = Array.from({ length: 1_000_000 }, (_, step) => ({ key: "k", step, time: 1, value: step }));
    await refuses("too_large", () => services.runs.log(id, { points: points(rows) }), /65536/);
    assert.deepEqual(await services.series.list(id), []);
  },

  "apostrophes, emoji and quotes in every name are just text": async ({ services }) => {
    const name = `it's "quoted" \`ticked\` 😀 %_\\ <b>&amp; ${Date.now()}`;
    const experiment = await services.experiments.create({ name, description: name, tags: { [name]: name } });
    const run = await services.runs.create({
      ...{ experiment: experiment.id, name, tags: { [name]: name } },
      parameters: [{ group: name, key: name, value: name }],
      labels: [name],
    });
    await services.runs.log(run.id, { points: points([{ ...point, key: name }]) });
    await services.runs.addNote(run.id, name);
    const back = await services.runs.get(run.id);
    assert.deepEqual([back.name, back.tags, back.labels], [name, { [name]: name }, [name]]);
    assert.deepEqual(back.parameters, [{ group: name, key: name, value: name }]);
    assert.equal(back.metrics[0]?.key, name);
    assert.equal((await services.experiments.find(name))?.id, experiment.id);
    assert.equal((await services.series.history(run.id, name)).values[0], 1);
    const quoted = name.replaceAll("'", "''");
    const found = await services.runs.search({ experiments: [experiment.id], filter: `attributes.name = '${quoted}'` });
    assert.deepEqual(
      found.items.map(({ id }) => id),
      [run.id],
    );
  },
});
