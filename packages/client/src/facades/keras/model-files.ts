import { notFound, TrackerError } from "@cairn/core";
import { sourceOf, uploadFile } from "../../upload.ts";
import type { KerasContext } from "./context.ts";

/** Where a trained model lies among its run's files. */
export const MODEL_PATH = "model/model.json";
const WEIGHTS = "weights.bin";
const WEIGHTS_PATH = `model/${WEIGHTS}`;
export const MODEL_PATHS: readonly string[] = [MODEL_PATH, WEIGHTS_PATH];

/** TensorFlow.js' own form of a model on its way in or out, as far as we look into it. */
export interface ModelArtifacts {
  readonly weightSpecs?: readonly object[] | undefined;
  readonly weightData?: ArrayBuffer | readonly ArrayBuffer[] | undefined;
}

/** A handler for `model.save` and `tf.loadLayersModel`. */
export interface ModelHandler {
  save(artifacts: ModelArtifacts): Promise<{ modelArtifactsInfo: { dateSaved: Date; modelTopologyType: "JSON" } }>;
  load(): Promise<ModelArtifacts>;
}

/**
 * Keeps a model as files of the run, in the layout that TensorFlow.js reads everywhere: `model/model.json` (topology and
 * the list of weights) and `model/weights.bin`. Training another time makes revisions.
 */
export function modelHandler({ client }: KerasContext, run: string): ModelHandler {
  const put = (path: string, bytes: Uint8Array, contentType: string) =>
    uploadFile(client, run, path, sourceOf(bytes), { contentType, descriptor: "model" });
  return {
    async save({ weightData, weightSpecs = [], ...rest }) {
      // The weights first: a model.json never names weights that are not there.
      await put(WEIGHTS_PATH, joinBuffers(weightData), "application/octet-stream");
      const json = { ...rest, weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }] };
      await put(MODEL_PATH, new TextEncoder().encode(JSON.stringify(json)), "application/json");
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    },
    async load() {
      const json = JSON.parse(new TextDecoder().decode(await read(MODEL_PATH))) as {
        readonly weightsManifest: readonly { readonly weights: readonly object[] }[];
      };
      const { weightsManifest, ...rest } = json;
      const weights = await read(WEIGHTS_PATH);
      return { ...rest, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: weights };
    },
  };

  async function read(path: string): Promise<ArrayBuffer> {
    const content = await client.artifacts.find(run, path);
    if (content === undefined) {
      throw notFound(`Model '${run}' was not saved: it has no '${path}'. It is saved when its training ends.`, { run });
    }
    const bytes = new Uint8Array(content.size);
    let at = 0;
    for await (const part of content.read()) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes.buffer;
  }
}

function joinBuffers(data: ModelArtifacts["weightData"]): Uint8Array {
  if (data === undefined) throw new TrackerError("invalid", "The model has no weights to save.");
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  const bytes = new Uint8Array(data.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of data) {
    bytes.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return bytes;
}
