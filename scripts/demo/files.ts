import type { Chance } from "./chance.ts";
import { barsSvg, type Confusion, confusionPng } from "./pictures.ts";
import type { Recipe, Trial } from "./recipes.ts";

export interface DemoFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}

const text = (path: string, content: string, contentType?: string): DemoFile => ({
  path,
  bytes: Buffer.from(content),
  ...(contentType !== undefined && { contentType }),
});

/** What a training leaves: one file of each kind that the page shows. */
export function drawFiles(recipe: Recipe, trial: Trial, chance: Chance): DemoFile[] {
  const confusion = drawConfusion(recipe.classes.length, trial.quality, chance);
  const importances = trial.parameters.slice(0, 6).map(({ key }) => [key, chance.next()] as const);
  const wrong = Array.from({ length: 40 }, (_, row) => [
    row,
    chance.pick(recipe.classes),
    chance.pick(recipe.classes),
    chance.next().toFixed(4),
  ]);
  return [
    { path: "plots/confusion.png", bytes: confusionPng(confusion), contentType: "image/png" },
    text("plots/importance.svg", barsSvg(importances), "image/svg+xml"),
    text("predictions.csv", ["id,truth,predicted,score", ...wrong.map((row) => row.join(","))].join("\n"), "text/csv"),
    text("metrics.json", JSON.stringify({ classes: recipe.classes, confusion }, null, 2), "application/json"),
    text("report.html", reportHtml(recipe, trial), "text/html"),
    text("notes.md", reportMarkdown(recipe, trial), "text/markdown"),
    text("config/train.yaml", trial.parameters.map(({ key, value }) => `${key}: ${value}`).join("\n")),
    text("logs/train.log", drawLog(trial, chance)),
    { path: "model/weights.bin", bytes: Buffer.from(Array.from({ length: 64 * 1024 }, () => chance.whole(0, 255))) },
    text("model/labels.txt", recipe.classes.join("\n")),
  ];
}

function drawConfusion(count: number, quality: number, chance: Chance): Confusion {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, column) =>
      Math.round(row === column ? 400 * quality : ((400 * (1 - quality)) / count) * chance.between(0.3, 1.7)),
    ),
  );
}

function drawLog({ architecture }: Trial, chance: Chance): string {
  const lines = Array.from({ length: 200 }, (_, step) => {
    const at = new Date(Date.UTC(2026, 1, 1, 9) + step * 3000).toISOString();
    return `${at} INFO  step ${step * 50}: loss ${(2 / (1 + step / 9) + 0.03 * chance.next()).toFixed(4)}`;
  });
  return [`loading ${architecture}`, ...lines, "done"].join("\n");
}

export function reportMarkdown({ dataset, classes }: Recipe, { architecture, quality, learningRate }: Trial): string {
  return `# ${architecture} on ${dataset.name}

Learning rate **${learningRate}**, data from \`${dataset.source}\`.

| class | share found |
|---|---:|
${classes.map((name, index) => `| ${name} | ${(quality - index * 0.02).toFixed(3)} |`).join("\n")}

- [x] trained
- [ ] checked by hand on last month's data

> Weak where the picture is dark, or the text short.
`;
}

function reportHtml({ dataset, classes }: Recipe, { architecture, quality }: Trial): string {
  const rows = classes.map((name) => `<tr><td>${name}</td><td>${(quality * 100).toFixed(1)} %</td></tr>`).join("");
  return `<!doctype html><meta charset="utf-8"><title>Report</title><style>body{font:16px/1.5 sans-serif;margin:2rem}td{padding:.2rem 1rem;border-bottom:1px solid #ccc}</style>
<h1>${architecture} on ${dataset.name}</h1><table>${rows}</table>
<script>document.body.textContent = "A stored page ran its script."</script>
`;
}
