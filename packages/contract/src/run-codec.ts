import type { CheckpointId, LogInput, Page, ParameterInput, Run, RunId, RunOutput, SeriesInfo } from "@cairn/core";
import { encodeMeasured } from "./checkpoint-shapes.ts";
import type { Codec } from "./endpoint.ts";
import { encodeBatchJson } from "./log-body.ts";
import { decodeNumber, decodeValue, encodeNumber, encodeValue } from "./numbers.ts";
import type { WireRun } from "./run-shapes.ts";
import type { WirePoint, WireSeriesInfo } from "./series-shapes.ts";

type Fields = Record<string, unknown>;
type Valued = { readonly value: ParameterInput["value"] };

export function encodeRun(run: Run): WireRun {
  return { ...run, parameters: encodeAll(run.parameters), metrics: run.metrics.map(encodeSeriesInfo) };
}

export function decodeRun(run: WireRun): Run {
  return {
    ...run,
    parameters: decodeAll(run.parameters),
    metrics: run.metrics.map(decodeSeriesInfo),
    id: run.id as RunId,
    outputs: run.outputs as readonly RunOutput[],
    used: run.used as readonly CheckpointId[],
  };
}

export function encodeSeriesInfo(info: SeriesInfo): WireSeriesInfo {
  const { latest, min, max } = info;
  // Only latest can hold a value that is not finite; a sum of finite values may still overflow.
  return {
    ...info,
    latest: latest && { ...latest, value: encodeNumber(latest.value) },
    min,
    max,
    sum: encodeNumber(info.sum),
  };
}

export function decodeSeriesInfo(info: WireSeriesInfo): SeriesInfo {
  const { latest, min, max, sum } = info;
  return { ...info, latest: decodePoint(latest), min: decodePoint(min), max: decodePoint(max), sum: decodeNumber(sum) };
}

export const runCodec: Codec = { encodeResult: encodeRun, decodeResult: decodeRun };

export const pageOfRunsCodec: Codec = {
  encodeResult: (page: Page<Run>) => ({ items: page.items.map(encodeRun), next: page.next }),
  decodeResult: (page: Page<WireRun>) => ({ items: page.items.map(decodeRun), next: page.next }),
};

export const createRunCodec: Codec = {
  ...runCodec,
  encodeInput: (input) => withParameters(input, encodeAll),
  decodeInput: (input) => withParameters(input, decodeAll),
};

/** Only the client uses it: the server reads log bodies with `parseLogBody`. */
export const logCodec: Codec = {
  encodeInput: ({ points, measured, ...rest }) => ({
    ...withParameters(rest, encodeAll),
    ...(measured === undefined ? {} : { measured: encodeMeasured(measured as NonNullable<LogInput["measured"]>) }),
    ...(points === undefined ? {} : { series: encodeBatchJson(points as NonNullable<LogInput["points"]>) }),
  }),
};

function withParameters(input: Fields, change: (list: readonly Valued[]) => unknown): Fields {
  const { parameters } = input;
  return Array.isArray(parameters) ? { ...input, parameters: change(parameters) } : input;
}

function encodeAll<P extends Valued>(list: readonly P[]): P[] {
  return list.map((item) => ({ ...item, value: encodeValue(item.value) }));
}

function decodeAll<P extends Valued>(list: readonly P[]): P[] {
  return list.map((item) => ({ ...item, value: decodeValue(item.value) }));
}

function decodePoint(point: WirePoint | null) {
  return point && { ...point, value: decodeNumber(point.value) };
}
