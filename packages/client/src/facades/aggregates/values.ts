import { checkName, checkText, encodeValue, invalid, type Json } from "@cairn/core";
import { toPlain, toPlainObject } from "../plain-data.ts";
import { hashOf } from "./identity.ts";

export type Parameters = Readonly<Record<string, Json>>;

/** A part of what is trained: model, optimizer, criterion … Two with the same hash are the same. */
export interface Module {
  readonly type: string;
  readonly hash: string;
  readonly name: string;
  readonly parameters: Parameters;
}

export interface ModuleInput {
  readonly type: string;
  readonly name: string;
  /** Of name and parameters when left out. */
  readonly hash?: string | undefined;
  readonly parameters?: Parameters | undefined;
  /** Other versions' words for `parameters`. */
  readonly arguments?: Parameters | undefined;
  readonly attributes?: Parameters | undefined;
}

/** One value of a metric. A number is a point of a series; anything else is kept, and not drawn. */
export interface Metric {
  readonly name: string;
  readonly value: Json;
  readonly batch: number | null;
  readonly epoch: number | null;
  readonly phase: string | null;
}

export interface MetricInput {
  readonly name: string;
  readonly value: Json;
  readonly batch?: number | null | undefined;
  readonly epoch?: number | null | undefined;
  /** Another word for `epoch`. */
  readonly step?: number | null | undefined;
  readonly phase?: string | null | undefined;
}

export interface Dataset {
  readonly hash: string;
  readonly name: string;
  readonly arguments: Parameters;
}

export interface DatasetInput {
  readonly name: string;
  /** Of name and arguments when left out. */
  readonly hash?: string | undefined;
  readonly arguments?: Parameters | undefined;
}

/** A pass over a dataset: how it was fed (arguments of the loader), and with which modules. */
export interface Iteration {
  readonly hash: string;
  readonly phase: string | null;
  readonly epoch: number | null;
  readonly dataset: Dataset | null;
  readonly arguments: Parameters;
  readonly modules: readonly Module[];
}

export interface IterationInput {
  /** Of phase, dataset, arguments and modules when left out. */
  readonly hash?: string | undefined;
  readonly phase?: string | null | undefined;
  readonly epoch?: number | null | undefined;
  readonly dataset?: DatasetInput | null | undefined;
  readonly arguments?: Parameters | undefined;
  readonly modules?: readonly ModuleInput[] | undefined;
}

/**
 * @throws invalid for what is no module.
 * @example
 * Module({ type: "model", name: "Perceptron", parameters: { input: 784, output: 10 } }).hash; // by name and parameters
 */
export function Module(input: ModuleInput): Module {
  const parameters = checkObject(
    "A module's parameters",
    input.parameters ?? input.arguments ?? input.attributes ?? {},
  );
  const name = checkName("A module's name", input.name);
  const hash = checkName("A module's hash", input.hash ?? hashOf(name, parameters));
  return Object.freeze({ type: checkName("A module's type", input.type), hash, name, parameters });
}

/** @throws invalid for what is no metric. */
export function Metric(input: MetricInput): Metric {
  const name = checkName("A metric's name", input.name);
  if (input.value === undefined) throw invalid(`The metric '${name}' has no value; null is one.`, { name });
  const phase = input.phase == null ? null : checkName("A metric's phase", input.phase, 250);
  const epoch = checkCount("A metric's epoch", input.epoch ?? input.step);
  const value = toPlain(input.value, `The value of the metric '${name}'`);
  if (typeof value !== "number") encodeValue(value);
  return Object.freeze({ name, value, batch: checkCount("A metric's batch", input.batch), epoch, phase });
}

/** @throws invalid for what is no dataset. */
export function Dataset(input: DatasetInput): Dataset {
  const name = checkName("A dataset's name", input.name);
  const args = checkObject("A dataset's arguments", input.arguments ?? {});
  return Object.freeze({
    hash: checkName("A dataset's hash", input.hash ?? hashOf(name, args)),
    name,
    arguments: args,
  });
}

/** @throws invalid for what is no iteration. */
export function Iteration(input: IterationInput): Iteration {
  const phase = input.phase == null ? null : checkText("An iteration's phase", input.phase, 250);
  const epoch = checkCount("An iteration's epoch", input.epoch);
  const dataset = input.dataset == null ? null : Dataset(input.dataset);
  const args = checkObject("An iteration's arguments", input.arguments ?? {});
  const modules = (input.modules ?? []).map(Module);
  const hash =
    input.hash ??
    hashOf(phase ?? "", [dataset?.hash ?? null, args, modules.map((module) => [module.type, module.hash])]);
  return Object.freeze({
    hash: checkName("An iteration's hash", hash),
    phase,
    epoch,
    dataset,
    arguments: args,
    modules,
  });
}

export function checkCount(what: string, value: number | null | undefined): number | null {
  if (value == null) return null;
  if (!Number.isSafeInteger(value)) throw invalid(`${what} must be a whole number, not ${String(value)}.`);
  return value;
}

function checkObject(what: string, value: Parameters): Parameters {
  const plain = toPlainObject(value, what, (key) => `${what}: '${key}'`);
  // NaN and ±Infinity inside of lists and objects become null on their way.
  encodeValue(plain);
  return plain;
}
