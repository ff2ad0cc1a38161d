// The seed's sample: an experiment, an aggregate with its modules, metrics and iterations.
// Run it beside a server: CAIRN_URL=http://127.0.0.1:4600 node examples/seeds/aggregates/perceptron.ts
import {
  Dataset,
  getAggregatesCollection,
  getExperiment,
  getExperimentsCollection,
  Iteration,
  Metric,
  Module,
} from "@cairn/client/aggregates";

const experiment = await getExperiment("mnist"); // reads or creates
experiment.name = "MNIST digits";
await getExperimentsCollection().update(experiment);

const aggregates = await getAggregatesCollection(experiment);
const aggregate = await aggregates.create({
  id: "1",
  modules: [
    Module({ type: "model", hash: "1234", name: "Perceptron", parameters: { input_size: 784, output_size: 10 } }),
  ],
});

await aggregate.metrics.add(Metric({ name: "accuracy", value: 0.98, epoch: 1, phase: "train" }));
await aggregate.metrics.add(Metric({ name: "accuracy", value: 0.95, epoch: 1, phase: "evaluation" }));
await aggregate.iterations.put(
  Iteration({
    phase: "train",
    epoch: 1,
    dataset: Dataset({ name: "MNIST", arguments: { train: true } }),
    arguments: { batch_size: 32, shuffle: true },
    modules: [
      Module({ type: "criterion", name: "CrossEntropyLoss" }),
      Module({ type: "optimizer", name: "SGD", parameters: { lr: 0.01 } }),
    ],
  }),
);
await aggregates.patch("1", 1);

const again = await aggregates.read("1");
console.log(again?.id, again?.epochs, again?.modules[0]?.name);
for (const { name, value, phase } of (await again?.metrics.list()) ?? []) console.log(phase, name, value);
for (const { dataset, modules } of (await again?.iterations.list()) ?? []) {
  console.log(dataset?.name, ...modules.map((module) => module.name));
}
