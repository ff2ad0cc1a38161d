import { invalid, TrackerError } from "@cairn/core";
import { concat } from "../content.ts";
import type { Serializer, StoredFiles } from "./serializer.ts";

/** What is needed of TensorFlow.js to make a model from files. */
export interface Tensorflow {
  // biome-ignore lint/suspicious/noExplicitAny: its own types are not at hand: the library is the user's.
  loadLayersModel(handler: any): Promise<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  loadGraphModel(handler: any): Promise<unknown>;
}

/** TensorFlow.js's ModelArtifacts, as far as we name them. */
interface Artifacts {
  readonly modelTopology?: unknown;
  readonly format?: string;
  readonly weightSpecs?: readonly unknown[];
  readonly weightData?: ArrayBuffer | readonly ArrayBuffer[];
  readonly [more: string]: unknown;
}

interface Manifest {
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly unknown[] }[];
  readonly format?: string;
  readonly [more: string]: unknown;
}

interface Saving {
  save(handler: unknown, options?: unknown): Promise<unknown>;
}

/**
 * Models of TensorFlow.js (layers and graph models), known by their methods, in its own format: `model.json` with the
 * topology, `weights.bin`. The optimizer's state goes along, so that a training can go on.
 *
 * @param tf gives the library when a model is read
 */
export function tfjsSerializer(tf: () => Promise<Tensorflow | undefined>): Serializer {
  return Object.freeze({
    name: "tfjs",
    canSerialize: (model: unknown) => isTfjsModel(model),
    async serialize(model: unknown) {
      const { weightSpecs, weightData, ...rest } = await artifactsOf(model as Saving);
      const weights = [{ paths: ["weights.bin"], weights: weightSpecs ?? [] }];
      const manifest: Manifest = { ...rest, weightsManifest: weights };
      return [
        { path: "model.json", content: JSON.stringify(manifest), contentType: "application/json" },
        { path: "weights.bin", content: concat(buffersOf(weightData)) },
      ];
    },
    async deserialize(files) {
      const library = await tf();
      if (library === undefined) {
        throw new TrackerError(
          "unsupported",
          "This is a model of TensorFlow.js, which was not found: install '@tensorflow/tfjs' beside your script, or give the project { tf }.",
          {},
        );
      }
      const artifacts = await readArtifacts(files);
      const handler = { load: async () => artifacts };
      return artifacts.format === "graph-model" ? library.loadGraphModel(handler) : library.loadLayersModel(handler);
    },
  } satisfies Serializer);
}

function isTfjsModel(model: unknown): boolean {
  if (typeof model !== "object" || model === null) return false;
  const { save, predict, layers, execute } = model as Record<string, unknown>;
  const isOneOfTheirs = Array.isArray(layers) || typeof execute === "function";
  return typeof save === "function" && typeof predict === "function" && isOneOfTheirs;
}

async function artifactsOf(model: Saving): Promise<Artifacts> {
  let taken: Artifacts | undefined;
  const handler = {
    save: async (artifacts: Artifacts) => {
      taken = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    },
  };
  await model.save(handler, { includeOptimizer: true });
  if (taken?.modelTopology == null) throw invalid("The TensorFlow.js model gave no topology to save.");
  if (taken.modelTopology instanceof ArrayBuffer)
    throw invalid("The TensorFlow.js model has a binary topology; save it as a layers or graph model in JSON.");
  return taken;
}

function buffersOf(data: Artifacts["weightData"]): Uint8Array[] {
  if (data === undefined) return [];
  return (data instanceof ArrayBuffer ? [data] : data).map((buffer) => new Uint8Array(buffer));
}

async function readArtifacts(files: StoredFiles): Promise<Artifacts> {
  const manifest = JSON.parse(new TextDecoder().decode(await files.bytes("model.json"))) as Manifest;
  const { weightsManifest, ...rest } = manifest;
  const pieces = await Promise.all(weightsManifest.flatMap(({ paths }) => paths).map((path) => files.bytes(path)));
  const weightData = concat(pieces).buffer as ArrayBuffer;
  return { ...rest, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData };
}
