import type { Client } from "@cairn/client";
import { createChance } from "./chance.ts";
import { recipes } from "./recipes.ts";
import { writeModel, writeProfile } from "./write-models.ts";
import { writeResumed } from "./write-resumed.ts";
import { writeRun } from "./write-run.ts";

export interface SeedOptions {
  readonly runs: number;
  /** Of each curve of a training. */
  readonly points: number;
  /** Metrics of each run, at least the recipe's own. */
  readonly charts: number;
  readonly seed: number;
}

/** Runs under way at a time: those that arrive together share a commit. */
const WIDTH = 64;
/** Of an experiment, those that have files; a few more among the rest. */
const WITH_FILES = 6;

/**
 * Fills a server with a small world: experiments with their sweeps, models out of them, a profile of the file centre. What
 * is there already stays. The same seed makes the same world, but for ids, and times, which count back from now.
 */
export async function seedDemo(
  client: Client,
  { runs, points, charts, seed }: SeedOptions,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<void> {
  const experiments = await Promise.all(
    recipes.map(({ experiment: name, description, tags }) =>
      client.experiments.create({ name, description, tags, onConflict: "skip" }),
    ),
  );
  const plan = recipes.flatMap((recipe, index) => Array<number>(recipe.share).fill(index));
  const kept = recipes.map(() => new Map<number, string>());
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < runs; index = next++) {
      // Spread out, so that few runs too are of every kind.
      const kind = plan[(index * 7) % plan.length] ?? 0;
      const recipe = recipes[kind];
      const experiment = experiments[kind]?.id;
      if (recipe === undefined || experiment === undefined) throw new Error(`no recipe ${kind}`);
      const hasFiles = index < WITH_FILES * recipes.length || index % 200 === 0;
      // A chance of its own for each, so that the order in which answers come changes nothing.
      const id = await writeRun(
        client,
        { experiment, recipe, index, points, charts, hasFiles },
        createChance(seed * 1_000_003 + index),
      );
      if (hasFiles) kept[kind]?.set(index, id);
      onProgress(++done, runs);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  const chance = createChance(seed);
  for (const [index, recipe] of recipes.entries()) {
    // By their place in the plan: the answers came in any order.
    const from = [...(kept[index] ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([, id]) => id)
      .slice(0, 5);
    if (from.length > 0) await writeModel(client, recipe, from, chance);
  }
  await writeProfile(client, chance);
  await writeResumed(client, experiments[0]?.id ?? 0, chance);
}
