import type { Iteration, Metric, Module } from "./values.ts";

/** A named group of aggregates. Change `name` and `update` it to rename it. */
export interface Experiment {
  readonly id: string;
  name: string;
}

/** One training: what was trained, how far, and ways to its metrics and iterations, which are read when they are asked for. */
export interface Aggregate {
  /** Unique within its experiment. */
  readonly id: string;
  epochs: number;
  modules: Module[];
  readonly metrics: Metrics;
  readonly iterations: Iterations;
}

/*
 * The ports: implement them to keep experiments elsewhere. The collections check what they are given before they ask a
 * port, so a port gets whole values only.
 */

export interface Experiments {
  /** @throws conflict when the name is taken. */
  create(name: string): Promise<Experiment>;
  read(name: string): Promise<Experiment | undefined>;
  /** By its id. @throws conflict when the name is taken; not_found when there is none with this id. */
  update(experiment: Experiment): Promise<Experiment>;
  list(): Promise<Experiment[]>;
  /** Its aggregates go with it. Nothing happens when there is none. */
  delete(name: string): Promise<void>;
}

export interface Aggregates {
  /** @throws conflict when the id is taken. */
  create(id: string, modules: readonly Module[], epochs: number): Promise<Aggregate>;
  read(id: string): Promise<Aggregate | undefined>;
  /** Keeps epochs and modules. @throws not_found. */
  update(aggregate: Pick<Aggregate, "id" | "epochs" | "modules">): Promise<void>;
  list(): Promise<Aggregate[]>;
  /** Metrics and iterations go with it. Nothing happens when there is none. */
  delete(id: string): Promise<void>;
}

export interface Metrics {
  add(metric: Metric): Promise<void>;
  /** In the order in which they were added. */
  list(): Promise<Metric[]>;
  clear(): Promise<void>;
}

export interface Iterations {
  /** One with the same hash is replaced and keeps its place. */
  put(iteration: Iteration): Promise<void>;
  list(): Promise<Iteration[]>;
  clear(): Promise<void>;
}

/** All ports of one place. */
export interface Storage {
  readonly experiments: Experiments;
  aggregates(experiment: Experiment): Aggregates;
}
