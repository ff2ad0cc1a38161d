// Trains a small network on handwritten digits with TensorFlow.js and logs it to Cairn while it runs.
import { parseArgs } from "node:util";
import { createClient, startRun } from "@cairn/client/node";
import * as tf from "@tensorflow/tfjs";
import { type Digits, readDigits } from "./digits.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string", default: process.env["CAIRN_URL"] ?? "http://127.0.0.1:4600" },
    epochs: { type: "string", default: "20" },
    hidden: { type: "string", default: "32" },
    "learning-rate": { type: "string", default: "0.005" },
    "batch-size": { type: "string", default: "64" },
    seed: { type: "string", default: "7" },
    name: { type: "string", default: "tfjs" },
  },
});
const parameters = {
  model: "dense",
  epochs: readNumber("epochs"),
  hidden: readNumber("hidden"),
  learningRate: readNumber("learning-rate"),
  batchSize: readNumber("batch-size"),
  seed: readNumber("seed"),
};

function readNumber(name: "epochs" | "hidden" | "learning-rate" | "batch-size" | "seed"): number {
  const number = Number(values[name]);
  if (number > 0) return number;
  throw new Error(`--${name} '${values[name]}' is not a number above 0.`);
}

const tensors = ({ images, labels }: Digits) => ({
  x: tf.tensor2d(images.map((image) => [...image])),
  y: tf.oneHot(tf.tensor1d([...labels], "int32"), 10),
});

function buildModel(): tf.Sequential {
  const { hidden, learningRate, seed } = parameters;
  const start = (offset: number) => tf.initializers.glorotUniform({ seed: seed + offset });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [64], units: hidden, activation: "relu", kernelInitializer: start(0) }),
      tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: start(1) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(learningRate), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

tf.enableProdMode(); // no advertisement for other backends
await tf.setBackend("cpu");
const { train, val } = readDigits();
const trainSet = tensors(train);
const valSet = tensors(val);
const model = buildModel();

const run = await startRun(createClient(values.url), {
  experiment: "digits",
  name: values.name,
  parameters,
  tags: { dataset: "digits", framework: "tfjs" },
});

await model.fit(trainSet.x, trainSet.y, {
  epochs: parameters.epochs,
  batchSize: parameters.batchSize,
  validationData: [valSet.x, valSet.y],
  verbose: 0,
  callbacks: {
    onEpochEnd: (epoch, logs) => {
      const { loss = Number.NaN, acc = Number.NaN, val_loss = Number.NaN, val_acc = Number.NaN } = logs ?? {};
      run.log(
        { "train/loss": loss, "train/accuracy": acc, "val/loss": val_loss, "val/accuracy": val_acc },
        { step: epoch },
      );
      console.log(
        `epoch ${String(epoch).padStart(3)}  val loss ${val_loss.toFixed(4)}  val accuracy ${val_acc.toFixed(3)}`,
      );
    },
  },
});

await run.artifact("model-summary.txt", summarize(model));
await run.finish();
console.log(`run ${run.id}`);

function summarize(trained: tf.Sequential): string {
  const lines: string[] = [];
  trained.summary(undefined, undefined, (line: string) => lines.push(line));
  return `${lines.join("\n")}\n`;
}
