import assert from "node:assert/strict";
import { countSteps, timeAt, valueAt } from "./points.ts";
import { createRun, postJson } from "./retrying.ts";
import type { FaultWriter } from "./writer.ts";

/** One metric, one parameter, one tag a call, in turn: the calls of a plain Python training loop. */
export function singleWriter(name: string): FaultWriter {
  let url = "";
  let run = "";
  /** By kind: how many were acknowledged, how many were sent. */
  const done = { metric: 0, parameter: 0, tag: 0 };
  const sent = { metric: 0, parameter: 0, tag: 0 };
  let turn = 0;

  const calls = {
    metric: (n: number) => {
      const value = valueAt("loss", n);
      const text = Number.isFinite(value) ? value : String(value);
      return post("log-metric", { key: "loss", value: text, timestamp: timeAt(n), step: n });
    },
    parameter: (n: number) => post("log-parameter", { key: `p${n}`, value: `${n}` }),
    tag: (n: number) => post("set-tag", { key: `t${n}`, value: `${n}` }),
  };
  const post = (call: string, body: object) =>
    postJson(`${url}/api/2.0/mlflow/runs/${call}`, { run_id: run, run_uuid: run, ...body });
  const isBetween = (kind: keyof typeof done, found: number) =>
    assert.ok(
      found >= done[kind] && found <= sent[kind],
      `${name}: ${done[kind]} of kind ${kind} were acknowledged and ${sent[kind]} sent, ${found} are there`,
    );

  return {
    name,
    async begin(server) {
      url = server;
      run = await createRun(url, name);
    },
    async advance() {
      const kind = (["metric", "metric", "parameter", "metric", "tag"] as const)[turn++ % 5] ?? "metric";
      sent[kind] = done[kind] + 1;
      await calls[kind](done[kind]);
      done[kind] += 1;
    },
    async verify(client) {
      if (run === "") return;
      isBetween("metric", await countSteps(client, run, "loss"));
      const { parameters, tags } = await client.runs.get(run);
      const ours = Object.entries(tags).filter(([key]) => /^t\d+$/.test(key));
      isBetween("parameter", parameters.length);
      isBetween("tag", ours.length);
      const numbers = (keys: string[]) => keys.map((key) => Number(key.slice(1))).sort((a, b) => a - b);
      const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
      assert.deepEqual(numbers(parameters.map(({ key }) => key)), upTo(parameters.length), `${name}: parameters`);
      assert.deepEqual(numbers(ours.map(([key]) => key)), upTo(ours.length), `${name}: tags`);
    },
  };
}
