import { jsonText } from "../json.ts";
import { flatKey } from "./parameters.ts";
import type { Parameter, Run } from "./run.ts";

/** A parameter in which runs differ. */
export interface ChangedParameter {
  readonly group: string;
  readonly key: string;
  /** For each run, in the order given, whether its value differs from the first run's; a missing one differs from any. */
  readonly changed: readonly boolean[];
}

/** The parameters in which any run differs from the first, in the order in which they first stand. Values count as texts. */
export function findChangedParameters(runs: readonly Pick<Run, "parameters">[]): ChangedParameter[] {
  const parts = new Map<string, Parameter>();
  const texts = runs.map(({ parameters }) => {
    for (const parameter of parameters) {
      if (!parts.has(flatKey(parameter))) parts.set(flatKey(parameter), parameter);
    }
    return new Map(parameters.map((parameter) => [flatKey(parameter), jsonText(parameter.value)]));
  });
  return [...parts].flatMap(([flat, { group, key }]) => {
    const changed = texts.map((text) => text.get(flat) !== texts[0]?.get(flat));
    return changed.includes(true) ? [{ group, key, changed }] : [];
  });
}
