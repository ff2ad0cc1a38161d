import { checkMeasured, checkOutputs, checkUsed } from "../checkpoints/check.ts";
import { checkBatch, checkMark } from "../series/check.ts";
import { checkInputs, checkIterations, checkModules, checkParameters, checkTags } from "./check.ts";
import type { LogInput } from "./inputs.ts";

/**
 * Holds what is to be logged against the limits, as `runs.log` does before it writes.
 * @throws invalid, too_large; the message names the value
 */
export function checkLog(input: LogInput): LogInput {
  return {
    parameters: input.parameters && checkParameters(input.parameters),
    replace: input.replace,
    tags: input.tags && checkTags(input.tags),
    points: input.points && checkBatch(input.points),
    modules: input.modules && checkModules(input.modules),
    iterations: input.iterations && checkIterations(input.iterations),
    inputs: input.inputs && checkInputs(input.inputs),
    outputs: input.outputs && checkOutputs(input.outputs),
    used: input.used && checkUsed(input.used),
    measured: input.measured && checkMeasured(input.measured),
    writer: input.writer && checkMark(input.writer),
  };
}
