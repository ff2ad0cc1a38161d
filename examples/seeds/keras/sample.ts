// The Keras model manager's own tour: record trainings, say more about them, look at them again.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openModelManager } from "@cairn/client/keras";
import { startRun } from "@cairn/client/node";
import * as tf from "@tensorflow/tfjs";
import { readDigits } from "../../tfjs-digits/digits.ts";

const [server, pictures] = process.argv.slice(2);
const { RecorderCallback, dumpModelsToDf, getHistory, objects, plotHistoryMany, showAllModels, showModelsWithTag } =
  openModelManager({ server, tf, startRun });

tf.enableProdMode();
await tf.setBackend("cpu");
const { train, val } = readDigits();
const x = tf.tensor2d(train.images.map((image) => [...image]));
const y = tf.oneHot(tf.tensor1d([...train.labels], "int32"), 10);
const xVal = tf.tensor2d(val.images.map((image) => [...image]));
const yVal = tf.oneHot(tf.tensor1d([...val.labels], "int32"), 10);

function buildModel(units: number): tf.Sequential {
  const start = (seed: number) => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [64], units, activation: "relu", kernelInitializer: start(units) }),
      tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: start(units + 1) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.005), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

const oneHot = (label: number) => Array.from({ length: 10 }, (_, digit) => Number(digit === label));

// Saving model: pass an instance of RecorderCallback to fit. Its record is there from now on.
const small = buildModel(8);
const recorder = new RecorderCallback({ tags: ["digits", "small"] });
await small.fit(x, y, { epochs: 6, batchSize: 64, validationData: [xVal, yVal], verbose: 0, callbacks: recorder });
const kmodel = await recorder.kmodel;
console.log(`${kmodel.id}: ${kmodel.epochsTrained} epochs, validation loss ${kmodel.valLoss}, saved as ${kmodel.path}`);

// … or to fitDataset.
const large = buildModel(32);
const second = new RecorderCallback({ tags: ["digits"] });
const rows = tf.data.array(train.images.map((image, i) => ({ xs: [...image], ys: oneHot(train.labels[i] ?? 0) })));
await large.fitDataset(rows.batch(64) as tf.data.Dataset<tf.TensorContainer>, {
  epochs: 4,
  validationData: [xVal, yVal],
  verbose: 0,
  callbacks: second,
});
const other = await second.kmodel;

// A record is annotated, tagged, starred.
await kmodel.addNote("eight units are few");
await kmodel.addNote("and still it learns");
await kmodel.addTags(["baseline", { title: "to keep" }]);
await kmodel.removeTags(other.tags);
await kmodel.star();
console.log(kmodel.notes);
console.log(kmodel.tags.map(({ title }) => title).join(", "));

// Saving data associated with models: any value that structured clone copies.
const predicted = await (small.predict(xVal) as tf.Tensor2D).argMax(1).data();
const outputs = await kmodel.addArtifact({ predicted, labels: new Set([...val.labels]) }, { descriptor: "outputs" });
console.log(`${outputs.path} holds`, await outputs.payload);

// The saved model predicts the same.
const again = await kmodel.loadModel(tf);
const difference = tf.max(tf.abs(tf.sub(again.predict(xVal) as tf.Tensor, small.predict(xVal) as tf.Tensor)));
console.log(`difference of the loaded model: ${(await difference.data())[0]}`);

// Training goes on in the same record.
const more = new RecorderCallback({ dbModel: kmodel });
await small.fit(x, y, { epochs: 3, batchSize: 64, validationData: [xVal, yVal], verbose: 0, callbacks: more });
await kmodel.refresh();
console.log(`${kmodel.epochsTrained} epochs`, Object.keys((await getHistory(kmodel)) ?? {}));

// Interacting with records.
const [, ids] = await showAllModels();
const [, tagged] = await showModelsWithTag("to keep");
const good = await objects.filter("metrics.val_loss < 2 AND label = 'digits'", { order: "metrics.val_loss asc" });
console.log(`${ids.length} models, ${tagged.length} to keep, ${good.length} found`);
console.log((await dumpModelsToDf()).columnNames().join(" "));

// Two ways to look at histories; the pictures stay with the record.
const [byModel] = await plotHistoryMany([kmodel, other.id], { lateralCompare: false, ignoreNone: true });
const [byMetric, data] = await plotHistoryMany([kmodel, other.id], { lateralCompare: true });
await kmodel.addArtifact(byModel, { descriptor: "histories", plot: true });
const svg = await kmodel.addArtifact(byMetric, { descriptor: "histories", plot: "svg" });
console.log(Object.keys(data).join(" "), svg.contentType);
for (const artifact of await kmodel.artifacts()) console.log(`artifact ${artifact.descriptor} ${artifact.path}`);
if (pictures !== undefined) {
  await writeFile(join(pictures, "by-model.png"), await byModel.toPng());
  await writeFile(join(pictures, "by-metric.png"), await byMetric.toPng());
}
