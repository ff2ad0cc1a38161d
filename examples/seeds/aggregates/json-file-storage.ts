// A storage of your own: everything in one JSON file. Shows what a port must do; `getAggregatesCollection` checks the rest.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type {
  Aggregate,
  Aggregates,
  Experiment,
  Experiments,
  Iteration,
  Metric,
  Module,
  Storage,
} from "@cairn/client/aggregates";
import { conflict, notFound } from "@cairn/core";

interface StoredAggregate {
  readonly id: string;
  epochs: number;
  modules: readonly Module[];
  metrics: Metric[];
  iterations: Iteration[];
}

interface StoredExperiment {
  readonly id: string;
  name: string;
  aggregates: StoredAggregate[];
}

/**
 * @param path of the file; made at the first change, and replaced whole at every one. One process writes it.
 */
export function jsonFileStorage(path: string): Storage {
  const load = (): StoredExperiment[] => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : []);
  const change = <T>(act: (experiments: StoredExperiment[]) => T): T => {
    const experiments = load();
    const result = act(experiments);
    writeFileSync(`${path}.tmp`, JSON.stringify(experiments, null, 2));
    renameSync(`${path}.tmp`, path);
    return result;
  };
  return {
    experiments: createExperiments(load, change),
    aggregates: (experiment) => createAggregates(experiment, load, change),
  };
}

type Load = () => StoredExperiment[];
type Change = <T>(act: (experiments: StoredExperiment[]) => T) => T;

function createExperiments(load: Load, change: Change): Experiments {
  const pick = ({ id, name }: StoredExperiment): Experiment => ({ id, name });
  const checkFree = (all: StoredExperiment[], name: string, id?: string): void => {
    if (all.some((one) => one.name === name && one.id !== id)) {
      throw conflict(`Experiment with name ${name} already exists.`, { name });
    }
  };
  return {
    create: async (name) =>
      change((all) => {
        checkFree(all, name);
        const made = { id: randomUUID(), name, aggregates: [] };
        all.push(made);
        return pick(made);
      }),
    read: async (name) =>
      load()
        .filter((one) => one.name === name)
        .map(pick)[0],
    update: async ({ id, name }) =>
      change((all) => {
        const found = all.find((one) => one.id === id);
        if (found === undefined) throw notFound(`There is no experiment with id ${id}.`, { id });
        checkFree(all, name, id);
        found.name = name;
        return pick(found);
      }),
    list: async () => load().map(pick),
    delete: async (name) =>
      change((all) => {
        const at = all.findIndex((one) => one.name === name);
        if (at >= 0) all.splice(at, 1);
      }),
  };
}

function createAggregates(experiment: Experiment, load: Load, change: Change): Aggregates {
  const within = (all: StoredExperiment[]): StoredExperiment => {
    const found = all.find(({ id }) => id === experiment.id);
    if (found === undefined)
      throw notFound(`There is no experiment '${experiment.name}'.`, { experiment: experiment.id });
    return found;
  };
  const one = (all: StoredExperiment[], id: string): StoredAggregate => {
    const found = within(all).aggregates.find((aggregate) => aggregate.id === id);
    if (found === undefined) throw notFound(`There is no aggregate with id ${id}.`, { id });
    return found;
  };
  /** Metrics and iterations are read when they are asked for, not with the aggregate. */
  const open = ({ id, epochs, modules }: StoredAggregate): Aggregate => ({
    id,
    epochs,
    modules: [...modules],
    metrics: {
      add: async (metric) => change((all) => void one(all, id).metrics.push(metric)),
      list: async () => one(load(), id).metrics,
      clear: async () => change((all) => void one(all, id).metrics.splice(0)),
    },
    iterations: {
      put: async (iteration) =>
        change((all) => {
          const { iterations } = one(all, id);
          const at = iterations.findIndex(({ hash }) => hash === iteration.hash);
          iterations.splice(at < 0 ? iterations.length : at, 1, iteration);
        }),
      list: async () => one(load(), id).iterations,
      clear: async () => change((all) => void one(all, id).iterations.splice(0)),
    },
  });
  return {
    create: async (id, modules, epochs) =>
      change((all) => {
        const { aggregates } = within(all);
        if (aggregates.some((aggregate) => aggregate.id === id)) {
          throw conflict(`Aggregate with id ${id} already exists.`, { id });
        }
        const made: StoredAggregate = { id, epochs, modules, metrics: [], iterations: [] };
        aggregates.push(made);
        return open(made);
      }),
    read: async (id) =>
      within(load())
        .aggregates.filter((aggregate) => aggregate.id === id)
        .map(open)[0],
    update: async ({ id, epochs, modules }) => change((all) => void Object.assign(one(all, id), { epochs, modules })),
    list: async () => within(load()).aggregates.map(open),
    delete: async (id) =>
      change((all) => {
        const { aggregates } = within(all);
        const at = aggregates.findIndex((aggregate) => aggregate.id === id);
        if (at >= 0) aggregates.splice(at, 1);
      }),
  };
}
