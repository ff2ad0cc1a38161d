// The seed's example: a project class that knows its data and how to judge, an experiment class that only trains.
// Run it in a folder of your choice: node examples/seeds/tracker/digits.ts FOLDER
import { join } from "node:path";
import { type Kwargs, ModelTracker, SupervisedModelExperiment } from "@cairn/client/tracker";

type Digit = { readonly ink: number };

abstract class DigitsProject extends SupervisedModelExperiment<Digit[], number[]> {
  abstract predict(digits: Digit[]): number[];

  override async preprocessingSteps() {
    const digits = Array.from({ length: 100 }, (_, i) => ({ ink: (i * 37) % 100 }));
    const isBig = ({ ink }: Digit) => (ink > 60 ? 1 : 0);
    [this.xTrain, this.xTest] = [digits.slice(0, 80), digits.slice(80)];
    [this.yTrueTrain, this.yTrueTest] = [this.xTrain.map(isBig), this.xTest.map(isBig)];
  }

  override async preprocessingDebug() {
    this.xTrain = this.xTrain?.slice(0, 5) ?? [];
  }

  override async evaluateModel() {
    this.yPredTrain = this.predict(this.xTrain ?? []);
    this.yPredTest = this.predict(this.xTest ?? []);
    this.results["train_accuracy"] = accuracy(this.yTrueTrain ?? [], this.yPredTrain);
    this.results["test_accuracy"] = accuracy(this.yTrueTest ?? [], this.yPredTest);
  }
}

class Threshold extends DigitsProject {
  #limit = 0;

  override async trainModel({ limit }: Kwargs) {
    this.#limit = Number(limit);
  }

  predict(digits: Digit[]) {
    return digits.map(({ ink }) => (ink > this.#limit ? 1 : 0));
  }
}

function accuracy(truth: number[], guess: number[]): number {
  return truth.filter((label, i) => label === guess[i]).length / truth.length;
}

const folder = process.argv[2] ?? ".";
const places = { existingTrackerPath: join(folder, "tracker.json"), parentSvDir: join(folder, "models") };

await new Threshold("threshold", places).runExperiment({ debug: true, debugTrainKwargs: { limit: 1 } });
await new Threshold("threshold", places).runExperiment({ trainKwargs: { limit: 50 }, expDescription: "a guess" });
await new Threshold("threshold", places).runExperiment({ trainKwargs: { limit: 60 }, dupeModelNms: "duplicate" });

const tracker = new ModelTracker();
await tracker.importExistingJsonTracker(places.existingTrackerPath);
for (const row of tracker.rows) console.log(row["model_name"], row["test_accuracy"]);
