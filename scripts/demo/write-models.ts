import type { Client } from "@cairn/client";
import type { Chance } from "./chance.ts";
import type { Recipe } from "./recipes.ts";
import { once } from "./write-run.ts";

/** A model for a recipe: versions out of its best runs, with aliases, a card and a history of stages. */
export async function writeModel(
  client: Client,
  recipe: Recipe,
  runs: readonly string[],
  chance: Chance,
): Promise<void> {
  const name = recipe.experiment.split("/").at(-1) ?? recipe.experiment;
  const { id } = await client.models.create({
    name,
    onConflict: "duplicate",
    description: cardOf(recipe),
    author: "ada",
    tags: { task: recipe.classes.length === 2 ? "yes or no" : "classes", owner: String(recipe.tags["team"]) },
  });
  for (const [index, run] of runs.entries()) {
    const score = 0.81 + index * 0.021 + chance.between(0, 0.01);
    await client.versions.create(id, {
      label: `1.${index}`,
      state: "sealed",
      from: { run },
      run,
      author: chance.pick(["ada", "mei", "omar"]),
      comment: index === 0 ? "The first that beats the rules." : chance.pick(comments),
      metadata: {
        score: Number(score.toFixed(4)),
        latency_ms: chance.whole(4, 30),
        classes: recipe.classes,
        quantized: index > 2,
      },
      tags: { checked: index % 2 === 0 ? "yes" : "no" },
    });
  }
  await client.versions.create(id, { label: `1.${runs.length}-rc`, comment: "Not sealed yet: the card is missing." });
  const last = runs.length;
  if (last > 1) {
    await client.models.setAlias(id, "champion", last - 1);
    await client.models.setAlias(id, "challenger", last);
    await client.models.setAlias(id, "fallback", 1);
    await client.versions.update(id, last - 1, { stage: "Production" });
    await client.versions.update(id, last, { stage: "Staging" });
  }
}

const comments = [
  "Trained on last month too.",
  "Half the size, the same score.",
  "Fixes the confusion of rust and scab.",
  "Before the new labels.",
];

const cardOf = ({ description, dataset, classes }: Recipe): string => `# What it does

${description}

## Data

\`${dataset.source}\`, split by time: the last month was never seen in training.

## Limits

| where | what happens |
|---|---|
| other classes than ${classes.join(", ")} | it names the nearest one |
| dark pictures, short texts | its scores are too high |

Ask **the team** before it decides about people. [Guide](https://example.org/guide)
`;

/** A profile of the file centre: two sealed states, and drafts on their way. */
export async function writeProfile(client: Client, chance: Chance): Promise<void> {
  const { id } = await client.models.create({
    name: "speech-recognizer",
    onConflict: "duplicate",
    description: "Files of the recognizer, as the team in Hangzhou pushes them. 语音识别模型文件。",
    author: "wei",
    tags: { "centre.key": "demo", "centre.visibility": "public" },
  });
  for (const [label, isSealed] of [
    ["2026.1", true],
    ["2026.2", true],
    ["2026.3", false],
    ["nightly", false],
  ] as const) {
    const { number } = await client.versions.create(id, { label, author: "wei" });
    for (const path of ["encoder.onnx", "decoder.onnx", "vocab/en.txt", "vocab/zh.txt", "config.json", "README.md"]) {
      await client.versionFiles.write(id, number, path, once(contentOf(path, label, chance)));
    }
    if (isSealed) await client.versions.seal(id, number);
  }
}

function contentOf(path: string, label: string, chance: Chance): Uint8Array {
  if (path.endsWith(".onnx")) return Buffer.from(Array.from({ length: 200_000 }, () => chance.whole(0, 255)));
  if (path.endsWith(".json")) return Buffer.from(JSON.stringify({ label, rate: 16_000, beams: 8 }, null, 2));
  if (path.endsWith(".md")) return Buffer.from(`# Recognizer ${label}\n\nSixteen kHz, one channel.\n`);
  return Buffer.from(path.includes("zh") ? "你好\n谢谢\n".repeat(500) : "hello\nthanks\n".repeat(500));
}
