import assert from "node:assert/strict";
import type { Client } from "@cairn/client";
import { countSteps, timeAt, valueAt } from "./points.ts";
import { createRun, postJson } from "./retrying.ts";
import type { FaultWriter } from "./writer.ts";

interface BatchShape {
  readonly keys: number;
  readonly steps: number;
  /** A parameter and a tag in every batch, to see that a batch is one thing. */
  readonly withTexts: boolean;
}

interface Batch {
  readonly run: string;
  readonly number: number;
  readonly keys: readonly string[];
  readonly shape: BatchShape;
}

type Send = (url: string, batch: Batch) => Promise<void>;

/** Batch n holds the steps n × `steps` … of every key. `send` speaks one of the wires. */
function createBatchWriter(name: string, shape: BatchShape, send: Send): FaultWriter {
  const keys = Array.from({ length: shape.keys }, (_, i) => `m${i}`);
  let url = "";
  let run = "";
  let acknowledged = 0;
  let sent = 0;
  return {
    name,
    async begin(server) {
      url = server;
      run = await createRun(url, name);
    },
    async advance() {
      sent = acknowledged + 1;
      await send(url, { run, number: acknowledged, keys, shape });
      acknowledged += 1;
    },
    async verify(client) {
      if (run === "") return;
      const counts = await Promise.all(keys.map((key) => countSteps(client, run, key)));
      const [first = 0] = counts;
      assert.deepEqual(
        counts,
        keys.map(() => first),
        `${name}: a batch is there in part`,
      );
      assert.equal(first % shape.steps, 0, `${name}: a batch is there in part`);
      const batches = first / shape.steps;
      assert.ok(batches >= acknowledged, `${name}: ${acknowledged} batches were acknowledged, ${batches} are there`);
      assert.ok(batches <= sent, `${name}: ${sent} batches were sent, ${batches} are there`);
      await verifyTexts(client, batches);
    },
  };

  async function verifyTexts(client: Client, batches: number): Promise<void> {
    const { parameters, tags, metrics } = await client.runs.get(run);
    const expected = shape.withTexts ? Array.from({ length: batches }, (_, n) => `b${n}`).sort() : [];
    assert.deepEqual(parameters.map(({ key }) => key).sort(), expected, `${name}: parameters`);
    for (const { key, value } of parameters) assert.equal(value, `parameter of ${key}`);
    const ours = Object.entries(tags).filter(([key]) => /^b\d+$/.test(key));
    assert.deepEqual(ours.map(([key]) => key).sort(), expected, `${name}: tags`);
    for (const [key, value] of ours) assert.equal(value, `tag of ${key}`);
    // The summaries know what history knows.
    for (const { key, count } of metrics) assert.equal(count, batches * shape.steps, `${name}: count of ${key}`);
  }
}

function* pointsOf({ number, keys, shape }: Batch) {
  for (let step = number * shape.steps; step < (number + 1) * shape.steps; step++) {
    for (const key of keys) yield { key, step, value: nameOf(valueAt(key, step)), time: timeAt(step) };
  }
}

/** JSON has no word for what is not finite; both wires take the names. */
function nameOf(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function textsOf({ number, shape }: Batch): { parameters: Record<string, string>; tags: Record<string, string> } {
  if (!shape.withTexts) return { parameters: {}, tags: {} };
  const key = `b${number}`;
  return { parameters: { [key]: `parameter of ${key}` }, tags: { [key]: `tag of ${key}` } };
}

/** As the Python client: no key that tells a retry, so equal points must be one. */
export function mlflowBatchWriter(name: string, shape: BatchShape): FaultWriter {
  return createBatchWriter(name, shape, async (url, batch) => {
    const metrics = [...pointsOf(batch)].map(({ time, ...point }) => ({ ...point, timestamp: time }));
    const { parameters, tags } = textsOf(batch);
    const pairs = (texts: Record<string, string>) => Object.entries(texts).map(([key, value]) => ({ key, value }));
    const body = { run_id: batch.run, metrics, params: pairs(parameters), tags: pairs(tags) };
    await postJson(`${url}/api/2.0/mlflow/runs/log-batch`, body);
  });
}

/** As our own client: each batch carries its writer's mark, by which a retry is known. */
export function nativeBatchWriter(name: string, shape: BatchShape): FaultWriter {
  return createBatchWriter(name, shape, async (url, batch) => {
    const { parameters, tags } = textsOf(batch);
    await postJson(`${url}/api/v1/runs/${batch.run}/log`, {
      points: [...pointsOf(batch)],
      parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
      tags,
      writer: { id: "fault-writer", number: batch.number + 1 },
    });
  });
}
