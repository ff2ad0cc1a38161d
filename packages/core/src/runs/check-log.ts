import { checkMeasured, checkOutputs, checkUsed } from "../checkpoints/check.ts";
import { checkBatch, checkMark } from "../series/check.ts";
import { checkInputs, checkIterations, checkModules, checkParameters, checkTags } from "./check.ts";
import type { LogInput } from "./inputs.ts";

/**
 * Holds what is to be logged against the limits, as `runs.log` does before it writes.
 * @returns what is there, with no field for what is not: most calls log points alone, and each field is paid for on the way
 * @throws invalid, too_large; the message names the value
 */
export function checkLog(input: LogInput): LogInput {
  const { parameters, replace, tags, points, modules, iterations, inputs, outputs, used, measured, writer } = input;
  const checked: { -readonly [Field in keyof LogInput]: LogInput[Field] } = {};
  if (parameters !== undefined) checked.parameters = checkParameters(parameters);
  if (replace !== undefined) checked.replace = replace;
  if (tags !== undefined) checked.tags = checkTags(tags);
  if (points !== undefined) checked.points = checkBatch(points);
  if (modules !== undefined) checked.modules = checkModules(modules);
  if (iterations !== undefined) checked.iterations = checkIterations(iterations);
  if (inputs !== undefined) checked.inputs = checkInputs(inputs);
  if (outputs !== undefined) checked.outputs = checkOutputs(outputs);
  if (used !== undefined) checked.used = checkUsed(used);
  if (measured !== undefined) checked.measured = checkMeasured(measured);
  if (writer !== undefined) checked.writer = checkMark(writer);
  return checked;
}
