import type { ExperimentOptions, ModelExperimentBase } from "./experiment-base.ts";
import type { Row } from "./row.ts";

export interface PipelineStep {
  readonly experiment: ModelExperimentBase;
  /** Of this step alone, before those of the pipeline. */
  readonly options?: ExperimentOptions | undefined;
}

/** `skipped`: its name was taken and the policy was `skip`; `waiting`: a step before it failed. */
export interface StepResult {
  readonly modelName: string;
  readonly state: "finished" | "debugged" | "skipped" | "failed" | "waiting";
  readonly row: Row | undefined;
  readonly error: unknown;
}

/**
 * Runs experiments in the order given, one after the other, and says of each how it went. The first that fails stops
 * the rest, unless `goesOn`.
 *
 * @example
 * const results = await runPipeline([{ experiment: new A("a") }, { experiment: new B("b") }], { existingTrackerPath, parentSvDir });
 */
export async function runPipeline(
  steps: readonly PipelineStep[],
  options: ExperimentOptions & { readonly goesOn?: boolean | undefined } = {},
): Promise<StepResult[]> {
  const { goesOn = false, ...shared } = options;
  const results: StepResult[] = [];
  let hasFailed = false;
  for (const { experiment, options: own = {} } of steps) {
    const { modelName } = experiment;
    if (hasFailed && !goesOn) {
      results.push({ modelName, state: "waiting", row: undefined, error: undefined });
      continue;
    }
    try {
      const asked = { ...shared, ...own };
      const row = await experiment.runExperiment(asked);
      const isDebug = asked.debug ?? experiment.options.debug ?? false;
      results.push({
        modelName,
        state: row !== undefined ? "finished" : isDebug ? "debugged" : "skipped",
        row,
        error: undefined,
      });
    } catch (error) {
      hasFailed = true;
      results.push({ modelName, state: "failed", row: undefined, error });
    }
  }
  return results;
}
