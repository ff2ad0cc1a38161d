import { isTrackerError, type Services } from "@cairn/core";
import { defaultClient } from "../default-client.ts";
import { type AggregatesCollection, aggregatesOver, experimentsOver } from "./collections.ts";
import type { Aggregates, Experiment, Experiments, Storage } from "./ports.ts";
import { serverStorage } from "./server-storage.ts";

export interface Place {
  /** The server; the one that `CAIRN_URL` names, else this machine's, when left out. */
  readonly client?: Services | undefined;
  /** Storage of your own instead of a server's. */
  readonly storage?: Storage | undefined;
}

/** The experiment of this name, made if need be. */
export async function getExperiment(name = "default", place: Place = {}): Promise<Experiment> {
  const experiments = getExperimentsCollection(place);
  const found = await experiments.read(name);
  if (found !== undefined) return found;
  try {
    return await experiments.create(name);
  } catch (error) {
    // Another one may have made it in between.
    const made = isTrackerError(error) && error.code === "conflict" ? await experiments.read(name) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}

export function getExperimentsCollection(place: Place = {}): Experiments {
  return experimentsOver(storageOf(place).experiments);
}

/**
 * The aggregates of an experiment, `default` when none is named. `storage` may be a port for aggregates alone.
 *
 * @example
 * const aggregates = await getAggregatesCollection("mnist");
 * const aggregate = await aggregates.create({ id: "1", modules: [{ type: "model", name: "Perceptron", parameters: { layers: 3 } }] });
 * await aggregate.metrics.add({ name: "accuracy", value: 0.98, epoch: 1, phase: "train" });
 */
export async function getAggregatesCollection(
  experiment: string | Experiment = "default",
  {
    client,
    storage,
  }: { readonly client?: Services | undefined; readonly storage?: Storage | Aggregates | undefined } = {},
): Promise<AggregatesCollection> {
  if (storage !== undefined && !("aggregates" in storage)) return aggregatesOver(storage);
  const place = storageOf({ client, storage });
  const owner = typeof experiment === "string" ? await getExperiment(experiment, { storage: place }) : experiment;
  return aggregatesOver(place.aggregates(owner));
}

function storageOf({ client, storage }: Place): Storage {
  return storage ?? serverStorage(client ?? defaultClient());
}
