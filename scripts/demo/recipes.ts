import type { ParameterInput } from "@cairn/core";
import type { Chance } from "./chance.ts";
import type { Kind } from "./curves.ts";

/** One kind of experiment: what is tried, and what is measured. */
export interface Recipe {
  readonly experiment: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly architectures: readonly string[];
  /** Of the runs, out of ten. */
  readonly share: number;
  readonly dataset: { readonly name: string; readonly source: string };
  /** Names without their phase. */
  readonly metrics: readonly (readonly [name: string, kind: Kind])[];
  /** A parameter of its own, and what may be chosen. */
  readonly own: readonly (readonly [group: string, key: string, choices: readonly (string | number | boolean)[]])[];
  readonly classes: readonly string[];
}

export const recipes: readonly Recipe[] = [
  {
    experiment: "vision/leaf-disease",
    description: "Which disease a leaf has, from one photograph taken with a phone in the field.",
    tags: { team: "vision", paper: "https://example.org/leaf-disease" },
    architectures: ["resnet18", "resnet50", "efficientnet-b0", "convnext-tiny", "vit-small"],
    share: 4,
    dataset: { name: "leaves", source: "s3://datasets/leaves/v4" },
    metrics: [
      ["loss", "loss"],
      ["accuracy", "score"],
      ["f1", "score"],
    ],
    own: [
      ["data", "augment", ["none", "flip", "randaugment", "mixup"]],
      ["data", "resolution", [128, 192, 224, 288]],
      ["model", "pretrained", [true, true, false]],
    ],
    classes: ["healthy", "rust", "mildew", "blight", "scab"],
  },
  {
    experiment: "nlp/support-tickets",
    description: "Routes tickets to the team that can answer them, in nine languages.",
    tags: { team: "language", stage: "evaluation" },
    architectures: ["distilbert", "xlm-roberta-base", "mdeberta-v3", "gru"],
    share: 3,
    dataset: { name: "tickets", source: "s3://datasets/tickets/2026-02" },
    metrics: [
      ["loss", "loss"],
      ["perplexity", "loss"],
      ["macro_f1", "score"],
    ],
    own: [
      ["data", "max_length", [64, 128, 256, 512]],
      ["optimizer", "warmup_steps", [0, 100, 500, 1000]],
      ["model", "frozen_layers", [0, 2, 4, 8]],
    ],
    classes: ["billing", "bug", "login", "shipping"],
  },
  {
    experiment: "tabular/churn",
    description: "Who will leave next month. Retrained every night on what is known by then.",
    tags: { team: "growth", owner: "mei" },
    architectures: ["xgboost", "lightgbm", "mlp", "tabnet"],
    share: 3,
    dataset: { name: "customers", source: "postgres://warehouse/customers" },
    metrics: [
      ["logloss", "loss"],
      ["auc", "score"],
    ],
    own: [
      ["model", "max_depth", [3, 4, 6, 8, 12]],
      ["model", "subsample", [0.5, 0.7, 0.8, 1]],
      ["data", "window_days", [30, 60, 90, 180]],
    ],
    classes: ["stays", "leaves"],
  },
];

export interface Trial {
  readonly architecture: string;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly parameters: readonly ParameterInput[];
  /** 0 … 1: the parameters decide it, so that a comparison finds something. */
  readonly quality: number;
}

/** Chooses the parameters of one training, as a sweep would. */
export function drawTrial(recipe: Recipe, chance: Chance): Trial {
  const architecture = chance.pick(recipe.architectures);
  const learningRate = Number(chance.magnitude(1e-5, 0.2).toPrecision(3));
  const batchSize = chance.pick([16, 32, 64, 128, 256]);
  const dropout = Number(chance.between(0, 0.6).toFixed(2));
  const optimizer = chance.pick(["adamw", "adamw", "sgd", "lion"]);
  const own = recipe.own.map(([group, key, choices]) => ({ group, key, value: chance.pick(choices) }));
  const depth = recipe.architectures.indexOf(architecture) / recipe.architectures.length;
  const distance = Math.abs(Math.log10(learningRate) + 3) / 2.5;
  const quality = 0.9 - 0.45 * distance ** 2 - 0.5 * (dropout - 0.2) ** 2 + 0.08 * depth + 0.03 * chance.normal();
  return {
    architecture,
    learningRate,
    batchSize,
    quality: Math.max(0.05, Math.min(0.99, quality)),
    parameters: [
      { group: "optimizer", key: "name", value: optimizer },
      { group: "optimizer", key: "learning_rate", value: learningRate },
      { group: "optimizer", key: "weight_decay", value: chance.pick([0, 0.01, 0.05, 0.1]) },
      { group: "model", key: "architecture", value: architecture },
      { group: "model", key: "dropout", value: dropout },
      { group: "data", key: "batch_size", value: batchSize },
      { group: "", key: "seed", value: chance.whole(0, 9999) },
      ...own,
    ],
  };
}
