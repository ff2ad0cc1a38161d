import { checkName, invalid, notFound } from "@cairn/core";
import type { Aggregate, Aggregates, Experiment, Experiments } from "./ports.ts";
import {
  checkCount,
  Iteration,
  type IterationInput,
  Metric,
  type MetricInput,
  Module,
  type ModuleInput,
} from "./values.ts";

export interface CreateAggregate {
  /** A number is taken as text. */
  readonly id: string | number;
  readonly modules?: readonly ModuleInput[] | undefined;
  readonly epochs?: number | undefined;
}

export interface MetricsCollection {
  add(metric: MetricInput): Promise<void>;
  list(name?: string): Promise<Metric[]>;
  clear(): Promise<void>;
}

export interface IterationsCollection {
  put(iteration: IterationInput): Promise<void>;
  list(): Promise<Iteration[]>;
  clear(): Promise<void>;
}

/** An aggregate as the collections give it: its metrics and iterations take inputs with parts left out. */
export interface LiveAggregate extends Omit<Aggregate, "metrics" | "iterations"> {
  readonly metrics: MetricsCollection;
  readonly iterations: IterationsCollection;
}

/** Every verb under the seed's name and the origin's. */
export interface AggregatesCollection {
  /** @throws conflict when the id is taken. */
  create(input: CreateAggregate): Promise<LiveAggregate>;
  /** Makes it, or sets its epochs and modules. */
  put(input: CreateAggregate): Promise<LiveAggregate>;
  read(id: string | number): Promise<LiveAggregate | undefined>;
  get(id: string | number): Promise<LiveAggregate | undefined>;
  /** Keeps what was changed on the aggregate: epochs and modules. */
  update(aggregate: Pick<Aggregate, "id" | "epochs" | "modules">): Promise<void>;
  /** @throws not_found. */
  patch(id: string | number, epochs: number): Promise<LiveAggregate>;
  list(): Promise<LiveAggregate[]>;
  delete(id: string | number): Promise<void>;
  remove(aggregate: { readonly id: string }): Promise<void>;
}

export function experimentsOver(port: Experiments): Experiments {
  const check = (name: string) => checkName("An experiment's name", name, 500);
  return Object.freeze({
    create: async (name: string) => port.create(check(name)),
    read: async (name: string) => port.read(check(name)),
    update: async (experiment: Experiment) => port.update({ ...experiment, name: check(experiment.name) }),
    list: async () => port.list(),
    delete: async (name: string) => port.delete(check(name)),
  });
}

export function aggregatesOver(port: Aggregates): AggregatesCollection {
  const read = async (id: string | number) => {
    const found = await port.read(checkId(id));
    return found && live(found);
  };
  const update = async ({ id, epochs, modules }: Pick<Aggregate, "id" | "epochs" | "modules">) =>
    port.update({ id: checkId(id), epochs: checkEpochs(epochs), modules: modules.map(Module) });
  const patch = async (id: string | number, epochs: number) => {
    const found = await read(id);
    if (found === undefined) throw notFound(`There is no aggregate with id ${id}.`, { id });
    found.epochs = epochs;
    await update(found);
    return found;
  };
  const create = async ({ id, modules = [], epochs = 0 }: CreateAggregate) =>
    live(await port.create(checkId(id), modules.map(Module), checkEpochs(epochs)));
  return Object.freeze({
    create,
    async put(input: CreateAggregate) {
      const found = await read(input.id);
      if (found === undefined) return create(input);
      found.epochs = checkEpochs(input.epochs ?? found.epochs);
      found.modules = input.modules?.map(Module) ?? found.modules;
      await update(found);
      return found;
    },
    read,
    get: read,
    update,
    patch,
    list: async () => (await port.list()).map(live),
    delete: async (id: string | number) => port.delete(checkId(id)),
    remove: async ({ id }: { readonly id: string }) => port.delete(checkId(id)),
  });
}

function live({ id, epochs, modules, metrics, iterations }: Aggregate): LiveAggregate {
  return {
    id,
    epochs,
    modules,
    metrics: Object.freeze({
      add: async (metric: MetricInput) => metrics.add(Metric(metric)),
      async list(name?: string) {
        const all = await metrics.list();
        return name === undefined ? all : all.filter((metric) => metric.name === name);
      },
      clear: async () => metrics.clear(),
    }),
    iterations: Object.freeze({
      put: async (iteration: IterationInput) => iterations.put(Iteration(iteration)),
      list: async () => iterations.list(),
      clear: async () => iterations.clear(),
    }),
  };
}

function checkId(id: string | number): string {
  return checkName("An aggregate's id", typeof id === "number" ? String(id) : id);
}

function checkEpochs(epochs: number): number {
  const count = checkCount("An aggregate's epochs", epochs);
  if (count === null || count < 0) throw invalid(`An aggregate's epochs are 0 or more, not ${String(epochs)}.`);
  return count;
}
