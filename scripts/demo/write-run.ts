import type { Client } from "@cairn/client";
import type { LogInput, RunState, SeriesBatch } from "@cairn/core";
import type { Chance } from "./chance.ts";
import { type Course, type Curve, drawCourse, valueAt } from "./curves.ts";
import { type DemoFile, drawFiles } from "./files.ts";
import { drawTrial, type Recipe, type Trial } from "./recipes.ts";

export interface RunPlan {
  readonly experiment: number;
  readonly recipe: Recipe;
  readonly index: number;
  /** Of the training's own curves; those for validation have a twelfth. */
  readonly points: number;
  /** Metrics in all; more than the recipe's own become norms of layers. */
  readonly charts: number;
  readonly hasFiles: boolean;
}

const people = ["ada", "grace", "mei", "omar", "nightly"];
const labels = ["baseline", "sweep", "candidate", "ablation", "paper", "wip"];
const DAY = 86_400_000;

/** Writes one training with everything that belongs to it: three calls, and one per file. Gives its id. */
export async function writeRun(client: Client, plan: RunPlan, chance: Chance): Promise<string> {
  const { recipe, index, experiment } = plan;
  const trial = drawTrial(recipe, chance);
  const course = drawCourse(chance, trial.quality, trial.learningRate);
  const state = drawState(chance, course);
  const took = chance.magnitude(60_000, 6 * 3_600_000);
  const startedAt = Math.round(Date.now() - chance.next() ** 2 * 60 * DAY - took);
  const author = chance.pick(people);
  const run = await client.runs.create({
    experiment,
    name: `${trial.architecture}-${String(index).padStart(4, "0")}`,
    author,
    startedAt,
    state: state === "scheduled" ? "scheduled" : "running",
    parameters: trial.parameters,
    tags: {
      commit: chance.whole(2 ** 24, 2 ** 28).toString(16),
      host: `gpu-${chance.whole(1, 8)}`,
      "git.branch": "main",
    },
    labels: labels.filter(() => chance.is(0.18)),
  });
  if (state === "scheduled") return run.id;
  const end = state === "finished" ? 1 : chance.between(0.2, 0.9);
  const points = drawPoints(plan, course, { startedAt, took, end, chance });
  await client.runs.log(run.id, { ...recordOf(recipe, trial), points });
  if (chance.is(0.02)) await client.runs.addNote(run.id, chance.pick(remarks));
  if (plan.hasFiles) for (const file of drawFiles(recipe, trial, chance)) await writeFile(client, run.id, file);
  if (state === "running") return run.id;
  const starred = trial.quality > 0.9 && chance.is(0.2);
  await client.runs.update(run.id, {
    state,
    endedAt: Math.round(startedAt + took * end),
    ...(starred && { starred }),
    ...(state === "failed" && { error: chance.pick(errors) }),
  });
  return run.id;
}

const remarks = [
  "The step at 60 % is the learning rate's drop, not the data.",
  "Same seed as the baseline, so the difference is the augmentation alone.",
  "Look at *rust* against *scab*: it mixes them up.\n\n- more pictures of scab\n- a higher resolution",
  "试试更小的学习率。",
];
const errors = [
  "CUDA out of memory: tried to allocate 2.4 GiB",
  "loss is NaN since step 812",
  "connection to the warehouse was lost",
];

function drawState(chance: Chance, { divergesAt }: Course): RunState {
  if (divergesAt !== undefined) return chance.pick(["failed", "killed", "finished"]);
  const at = chance.next();
  if (at < 0.88) return "finished";
  return at < 0.93 ? "failed" : at < 0.96 ? "killed" : at < 0.98 ? "running" : "scheduled";
}

function recordOf({ dataset }: Recipe, { architecture, batchSize, learningRate }: Trial): Omit<LogInput, "points"> {
  const model = { type: "model", name: architecture, hash: hashOf(architecture), parameters: { pretrained: true } };
  const optimizer = {
    type: "optimizer",
    name: "AdamW",
    hash: hashOf(`adamw ${learningRate}`),
    parameters: { lr: learningRate },
  };
  const { name, source } = dataset;
  return {
    modules: [model, optimizer, { type: "criterion", name: "CrossEntropyLoss", hash: hashOf("ce") }],
    iterations: (["train", "val"] as const).map((phase) => ({
      hash: hashOf(`${phase} ${name} ${batchSize}`),
      phase,
      epoch: 0,
      dataset: { name: `${name}/${phase}`, hash: hashOf(name + phase), arguments: { split: phase } },
      arguments: { batch_size: batchSize, shuffle: phase === "train" },
      modules: [model],
    })),
    inputs: ["train", "eval"].map((context) => ({
      dataset: { name, digest: hashOf(name).slice(0, 8), sourceType: "s3", source, schema: null, profile: null },
      context,
      tags: {},
    })),
  };
}

/** Not a hash of anything: 32 digits that are the same for the same text. */
function hashOf(text: string): string {
  let word = 2166136261;
  for (const character of text) word = Math.imul(word ^ character.charCodeAt(0), 16777619) >>> 0;
  return word.toString(16).padStart(8, "0").repeat(4);
}

interface Way {
  readonly startedAt: number;
  readonly took: number;
  /** How far it came, 0 … 1. */
  readonly end: number;
  readonly chance: Chance;
}

function drawPoints({ recipe, points, charts }: RunPlan, course: Course, way: Way): SeriesBatch {
  const curves: (Curve & { key: string; every: number })[] = recipe.metrics.flatMap(([name, kind]) => [
    { key: `train/${name}`, kind, phase: "train" as const, every: 1 },
    { key: `val/${name}`, kind, phase: "val" as const, every: Math.max(1, Math.floor(points / 12)) },
  ]);
  curves.push({ key: "learning_rate", kind: "rate", phase: "", every: 2 });
  curves.push({ key: "system/examples_per_second", kind: "speed", phase: "", every: 4 });
  curves.push({ key: "system/gpu_memory_percent", kind: "memory", phase: "", every: 4 });
  for (let layer = 0; curves.length < charts; layer++) {
    curves.push({ key: `layers/${layer}/gradient_norm`, kind: "norm", phase: "train", every: 1 });
  }
  const steps = Math.max(1, Math.floor(points * way.end));
  const counts = Uint32Array.from(curves, ({ every }) => Math.ceil(steps / every));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const columns = { steps: new Float64Array(total), times: new Float64Array(total), values: new Float64Array(total) };
  let at = 0;
  for (const curve of curves) {
    for (let step = 0; step < steps; step += curve.every) {
      const part = step / points;
      columns.steps[at] = step;
      columns.times[at] = Math.round(way.startedAt + way.took * part);
      columns.values[at++] = Math.fround(valueAt(curve, course, part, way.chance));
    }
  }
  return { keys: curves.map(({ key }) => key), counts, ...columns, batches: null };
}

export async function writeFile(client: Client, run: string, { path, bytes, contentType }: DemoFile): Promise<void> {
  await client.artifacts.write(run, path, once(bytes), { contentType });
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
