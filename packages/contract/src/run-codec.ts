import type { LogInput, ParameterInput } from "@cairn/core";
import type { Codec } from "./call.ts";
import { encodeMeasured } from "./checkpoint-json.ts";
import { encodeBatchJson } from "./log-body.ts";
import {
  decodePageOfRuns,
  decodeParameters,
  decodeRun,
  encodePageOfRuns,
  encodeParameters,
  encodeRun,
} from "./run-json.ts";

type Fields = Record<string, unknown>;
type Valued = { readonly value: ParameterInput["value"] };

export const runCodec: Codec = { encodeResult: encodeRun, decodeResult: decodeRun };

export const pageOfRunsCodec: Codec = { encodeResult: encodePageOfRuns, decodeResult: decodePageOfRuns };

export const createRunCodec: Codec = {
  ...runCodec,
  encodeInput: (input) => withParameters(input, encodeParameters),
  decodeInput: (input) => withParameters(input, decodeParameters),
};

/** Only the client uses it: the server reads log bodies with `parseLogBody`, and quicker where `series` comes first. */
export const logCodec: Codec = {
  encodeInput: ({ points, measured, ...rest }) => ({
    ...(points === undefined ? {} : { series: encodeBatchJson(points as NonNullable<LogInput["points"]>) }),
    ...withParameters(rest, encodeParameters),
    ...(measured === undefined ? {} : { measured: encodeMeasured(measured as NonNullable<LogInput["measured"]>) }),
  }),
};

function withParameters(input: Fields, change: (list: readonly Valued[]) => unknown): Fields {
  const { parameters } = input;
  return Array.isArray(parameters) ? { ...input, parameters: change(parameters) } : input;
}
