import type { DatasetInput } from "../datasets/dataset.ts";
import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import type { Json } from "../json.ts";
import { checkItems, checkName, checkText, checkWhole, MAX_KEY_LENGTH } from "../limits.ts";
import type { IterationInput, ModuleInput, ParameterInput } from "./inputs.ts";
import { type RunState, runStates } from "./state.ts";
import { encodeValue } from "./values.ts";

/** Shape checks of what a caller gives, before anything is written. Each throws `invalid` (or `too_large`) and says which value. */
export function checkParameters(parameters: readonly ParameterInput[]): readonly ParameterInput[] {
  checkItems("parameters", parameters.length);
  for (const { group, key, value } of parameters) {
    checkName("A parameter's key", key, MAX_KEY_LENGTH);
    if (group !== undefined) checkText("A parameter's group", group, MAX_KEY_LENGTH);
    if (value === undefined)
      throw invalid(`The parameter '${clip(key)}' has no value; null is one.`, { key: clip(key) });
    const what = `The value of parameter '${clip(key)}'`;
    if (typeof value === "string") checkText(what, value);
    checkText(what, encodeValue(value));
  }
  return parameters;
}

export function checkTags<T extends string | null>(tags: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const entries = Object.entries(tags);
  checkItems("tags", entries.length);
  for (const [key, value] of entries) {
    checkName("A tag's key", key, MAX_KEY_LENGTH);
    if (value !== null) checkText(`The value of tag '${clip(key)}'`, value);
  }
  return tags;
}

export function checkLabels(labels: readonly string[]): readonly string[] {
  checkItems("labels", labels.length);
  for (const label of labels) checkName("A label", label, 250);
  return labels;
}

export function checkState(state: RunState): RunState {
  if (runStates.includes(state)) return state;
  throw invalid(`A run is ${runStates.join(", ")}, not '${clip(String(state))}'.`, { state: clip(String(state)) });
}

export function checkModules(modules: readonly ModuleInput[]): readonly ModuleInput[] {
  checkItems("modules", modules.length);
  for (const module of modules) {
    checkName("A module's type", module.type);
    checkName("A module's name", module.name);
    checkName("A module's hash", module.hash);
    checkObject(`The parameters of module '${clip(module.name)}'`, module.parameters ?? {});
  }
  return modules;
}

export function checkIterations(iterations: readonly IterationInput[]): readonly IterationInput[] {
  checkItems("iterations", iterations.length);
  for (const iteration of iterations) {
    checkName("An iteration's hash", iteration.hash);
    if (iteration.phase != null) checkText("An iteration's phase", iteration.phase, 250);
    if (iteration.epoch != null) checkWhole("An iteration's epoch", iteration.epoch);
    checkObject("An iteration's arguments", iteration.arguments ?? {});
    if (iteration.dataset != null) {
      checkName("A dataset's name", iteration.dataset.name);
      checkName("A dataset's hash", iteration.dataset.hash);
      checkObject("A dataset's arguments", iteration.dataset.arguments ?? {});
    }
    checkModules(iteration.modules ?? []);
  }
  return iterations;
}

export function checkInputs(inputs: readonly DatasetInput[]): readonly DatasetInput[] {
  checkItems("inputs", inputs.length, 1000);
  for (const { dataset, context, tags } of inputs) {
    checkName("A dataset's name", dataset.name);
    checkName("A dataset's digest", dataset.digest);
    checkText("A dataset's source type", dataset.sourceType);
    checkText("A dataset's source", dataset.source);
    if (dataset.schema !== null) checkText("A dataset's schema", dataset.schema, 2_000_000);
    if (dataset.profile !== null) checkText("A dataset's profile", dataset.profile, 20_000_000);
    if (context !== null) checkText("A dataset's context", context);
    checkTags(tags);
  }
  return inputs;
}

function checkObject(what: string, value: Readonly<Record<string, Json>>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(`${what} must be an object.`);
  checkText(what, encodeValue(value));
}
