import { setTimeout as sleep } from "node:timers/promises";
import { type Client, startRun } from "@cairn/client";
import type { Chance } from "./chance.ts";
import { drawCourse, valueAt } from "./curves.ts";
import { drawTrial, type Recipe, recipes } from "./recipes.ts";

/** Steps of one training; then it ends, and the next begins. */
const STEPS = 2000;
const STEP_MS = 300;

/** Keeps one training of each recipe running until the signal; what runs then is ended as killed. */
export async function keepTraining(client: Client, chance: Chance, signal: AbortSignal): Promise<void> {
  await Promise.all(
    recipes.map(async (recipe) => {
      while (!signal.aborted) await train(client, recipe, chance, signal);
    }),
  );
}

async function train(client: Client, recipe: Recipe, chance: Chance, signal: AbortSignal): Promise<void> {
  const trial = drawTrial(recipe, chance);
  const course = { ...drawCourse(chance, trial.quality, trial.learningRate), divergesAt: undefined };
  const parameters = Object.fromEntries(trial.parameters.map(({ key, value }) => [key, value]));
  const name = `${trial.architecture}-live`;
  const run = await startRun(client, { experiment: recipe.experiment, name, parameters, labels: ["live"] });
  for (let step = 0; step < STEPS && !signal.aborted; step++) {
    for (const phase of step % 20 === 0 ? (["train", "val"] as const) : (["train"] as const)) {
      const metrics = recipe.metrics.map(([key, kind]) => [
        key,
        valueAt({ kind, phase }, course, step / STEPS, chance),
      ]);
      run.log(Object.fromEntries(metrics), { step, phase });
    }
    await sleep(STEP_MS * chance.between(0.7, 1.3), undefined, { signal }).catch(() => {});
  }
  await run.finish(signal.aborted ? "killed" : "finished");
}
