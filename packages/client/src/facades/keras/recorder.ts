import type { KerasContext } from "./context.ts";
import { createRecording, type RecorderOptions, type Recording } from "./recording.ts";

/** What of TensorFlow.js the callback is built on: `import * as tf from "@tensorflow/tfjs"`. */
export interface TensorFlow {
  readonly Callback: abstract new () => object;
}

export type RecorderClass<C extends object = object> = new (options?: RecorderOptions) => Recording & C;

/**
 * The class of callbacks to give to `model.fit` or `fitDataset`. With `tf` it inherits `tf.Callback`, and `fit` tells it
 * which model it trains; without, it is a plain object of hooks, which `fit` takes as well, and must be given the model.
 */
export function recorderClass<T extends TensorFlow>(
  context: KerasContext,
  tf: T | undefined,
): RecorderClass<InstanceType<T["Callback"]>> {
  const Base = (tf?.Callback ?? Object) as new () => object;
  class RecorderCallback extends Base {
    constructor(options: RecorderOptions = {}) {
      super();
      const recording = createRecording(context, options);
      // Own properties, each bound to the recording: TensorFlow.js takes hooks off an object and calls them alone.
      Object.defineProperties(this, Object.getOwnPropertyDescriptors(recording));
    }
  }
  return RecorderCallback as unknown as RecorderClass<InstanceType<T["Callback"]>>;
}
