import type { Client } from "@cairn/client";
import { packPoints } from "@cairn/core";
import type { Chance } from "./chance.ts";

/** A training that broke at two thirds, went on from half, and so has overtaken points of its first attempt. */
export async function writeResumed(client: Client, experiment: number, chance: Chance): Promise<void> {
  const startedAt = Date.now() - 5 * 3_600_000;
  const { id } = await client.runs.create({ experiment, name: "resumed-after-a-crash", author: "omar", startedAt });
  const log = (from: number, to: number, later: number) =>
    client.runs.log(id, {
      points: packPoints(
        Array.from({ length: to - from }, (_, index) => {
          const step = from + index;
          const value = 2.2 / (1 + step / 25) + 0.03 * chance.normal() + (later === 0 ? 0.15 : 0);
          return { key: "train/loss", step, time: startedAt + later + step * 20_000, value };
        }),
      ),
    });
  await log(0, 200, 0);
  await client.runs.update(id, { state: "failed", error: "the machine was taken away" });
  await client.runs.addNote(id, "Preempted at step 200; goes on from the checkpoint of step 150.");
  await client.runs.update(id, { state: "running" });
  await log(150, 300, 3_600_000);
  await client.runs.update(id, { state: "finished", starred: true, error: null, addLabels: ["resumed"] });
}
