import { findChangedParameters } from "@cairn/core";
import type { LoggedModel } from "./logged-model.ts";

/** A hyper-parameter to highlight. */
export interface ChangedParam {
  readonly type: string;
  readonly name: string;
  /** For each model, in the order given, whether its value differs from the first model's. */
  readonly changed: readonly boolean[];
}

/** Which hyper-parameters changed between trainings, and in which of them: the first model is the baseline. */
export function findChangedParams(models: readonly Pick<LoggedModel, "params">[]): ChangedParam[] {
  const runs = models.map(({ params }) => ({
    parameters: Object.entries(params).flatMap(([group, values]) =>
      Object.entries(values).map(([key, value]) => ({ group, key, value })),
    ),
  }));
  return findChangedParameters(runs).map(({ group, key, changed }) => ({ type: group, name: key, changed }));
}
