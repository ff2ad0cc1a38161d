// The seed's three easy steps: hyper-parameters, metrics while training, the end.
// Run it beside a server: CAIRN_URL=http://127.0.0.1:4600 node examples/seeds/model-log/train.ts
import { ModelLog } from "@cairn/client/model-log";

const modelLog = new ModelLog("ada", "Digits", { projectRemark: "Which optimizer learns digits best?" });
await modelLog.addModelName("MLP");
await modelLog.addModelRemark("two hidden layers");

// 1. Hyper-parameters, by type.
await modelLog.addParam({ lr: 0.01, momentum: 0.9 }, "optimizer");
await modelLog.addParam({ layers: [64, 64], activation: "relu" }, "network");

// 2. Metrics, as the training goes.
let best = { value: Number.NEGATIVE_INFINITY, epoch: 0 };
for (let epoch = 1; epoch <= 20; epoch++) {
  const accuracy = 1 - 0.5 / epoch;
  await modelLog.addMetric("train_loss", 1 / epoch, epoch);
  await modelLog.addMetric("test_acc", accuracy, epoch);
  if (accuracy > best.value) best = { value: accuracy, epoch };
}

// 3. The best of it, and the end.
await modelLog.addBestResult("best_acc", best.value, best.epoch);
const run = await modelLog.finishModel();
console.log(`${run.name} is ${run.state}; best_acc ${best.value} at epoch ${best.epoch}`);
