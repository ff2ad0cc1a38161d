import { ModelExperimentBase } from "./experiment-base.ts";

/** An experiment with the fields that supervised learning needs: data, what is true of them, and what was predicted. */
export class SupervisedModelExperiment<X = unknown, Y = unknown> extends ModelExperimentBase {
  xTrain: X | null = null;
  xTest: X | null = null;
  yTrueTrain: Y | null = null;
  yTrueTest: Y | null = null;
  yPredTrain: Y | null = null;
  yPredTest: Y | null = null;
}
