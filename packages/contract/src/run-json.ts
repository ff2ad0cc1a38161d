import type { CheckpointId, ParameterInput, Run, RunId, RunOutput, RunPage, SeriesInfo } from "@cairn/core";
import { decodeNumber, decodeValue, encodeNumber, encodeValue } from "./numbers.ts";
import type { WirePage, WireRun } from "./run-shapes.ts";
import type { WirePoint, WireSeriesInfo } from "./series-shapes.ts";

type Valued = { readonly value: ParameterInput["value"] };

export function encodeRun(run: Run): WireRun {
  return { ...run, parameters: encodeParameters(run.parameters), metrics: run.metrics.map(encodeSeriesInfo) };
}

export function decodeRun(run: WireRun): Run {
  return {
    ...run,
    parameters: decodeParameters(run.parameters),
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

export function encodePageOfRuns(page: RunPage): WirePage {
  return { ...page, items: page.items.map(encodeRun) };
}

export function decodePageOfRuns(page: WirePage): RunPage {
  return { ...page, items: page.items.map(decodeRun) };
}

export function encodeParameters<P extends Valued>(list: readonly P[]): P[] {
  return list.map((item) => ({ ...item, value: encodeValue(item.value) }));
}

export function decodeParameters<P extends Valued>(list: readonly P[]): P[] {
  return list.map((item) => ({ ...item, value: decodeValue(item.value) }));
}

function decodePoint(point: WirePoint | null) {
  return point && { ...point, value: decodeNumber(point.value) };
}
