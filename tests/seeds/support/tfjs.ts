import { createRequire } from "node:module";
import { join } from "node:path";
import { linkModules } from "../../../examples/tfjs-digits/link-modules.ts";

const sample = join(import.meta.dirname, "..", "..", "..", "examples", "seeds", "keras");

export interface Tensor {
  data(): Promise<Float32Array>;
}

export interface LayersModel {
  compile(how: object): void;
  fit(x: Tensor, y: Tensor, how: object): Promise<unknown>;
  predict(x: Tensor): Tensor;
  save(handler: unknown, config?: object): Promise<unknown>;
}

/** What the scenarios use of TensorFlow.js; its real types are held against the facade by the sample's own check. */
export interface TensorFlowJs {
  readonly Callback: abstract new () => object;
  readonly layers: { dense(how: object): unknown };
  enableProdMode(): void;
  setBackend(name: string): Promise<boolean>;
  tensor2d(rows: number[][]): Tensor;
  sequential(how: { readonly layers: readonly unknown[] }): LayersModel;
  loadLayersModel(source: unknown): Promise<LayersModel>;
}

/** TensorFlow.js itself, from the cache outside the clone. */
export async function loadTensorFlow(): Promise<TensorFlowJs> {
  await linkModules(sample);
  const tf = createRequire(join(sample, "run.ts"))("@tensorflow/tfjs") as TensorFlowJs;
  tf.enableProdMode();
  await tf.setBackend("cpu");
  return tf;
}

/** A straight line to learn, and a model that learns it. */
export function buildLine(tf: TensorFlowJs): { model: LayersModel; x: Tensor; y: Tensor } {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "ones" })],
  });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const rows = [-1, 0, 1, 2];
  return { model, x: tf.tensor2d(rows.map((r) => [r])), y: tf.tensor2d(rows.map((r) => [2 * r + 1])) };
}
