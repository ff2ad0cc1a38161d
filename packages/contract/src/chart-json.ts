import type { SeriesBuckets, SeriesHistory } from "@cairn/core";
import { decodeNumber, encodeNumber } from "./numbers.ts";
import type { WireBuckets, WireHistory } from "./series-shapes.ts";

/** Columns as JSON lists; NaN and the infinities by name. */
export function encodeHistory(history: SeriesHistory): WireHistory {
  const { steps, times, values, batches, attempts, superseded, next } = history;
  return {
    steps: [...steps],
    times: [...times],
    values: list(values),
    batches: batches && Array.from(batches, (batch) => (Number.isNaN(batch) ? null : batch)),
    attempts: [...attempts],
    superseded: [...superseded],
    next,
  };
}

export function decodeHistory(history: WireHistory): SeriesHistory {
  const { steps, times, values, batches, attempts, superseded, next } = history;
  return {
    steps: floats(steps),
    times: floats(times),
    values: floats(values),
    batches: batches && Float64Array.from(batches, (batch) => batch ?? Number.NaN),
    attempts: Uint32Array.from(attempts),
    superseded: Uint8Array.from(superseded),
    next,
  };
}

export function encodeBuckets(chart: SeriesBuckets): WireBuckets {
  return {
    raw: chart.raw,
    points: chart.points,
    minSteps: [...chart.minSteps],
    maxSteps: [...chart.maxSteps],
    minTimes: [...chart.minTimes],
    maxTimes: [...chart.maxTimes],
    mins: list(chart.mins),
    maxs: list(chart.maxs),
    sums: list(chart.sums),
    counts: [...chart.counts],
    nans: [...chart.nans],
    positiveInfinities: [...chart.positiveInfinities],
    negativeInfinities: [...chart.negativeInfinities],
    attempts: [...chart.attempts],
    superseded: [...chart.superseded],
  };
}

export function decodeBuckets(chart: WireBuckets): SeriesBuckets {
  return {
    raw: chart.raw,
    points: chart.points,
    minSteps: floats(chart.minSteps),
    maxSteps: floats(chart.maxSteps),
    minTimes: floats(chart.minTimes),
    maxTimes: floats(chart.maxTimes),
    mins: floats(chart.mins),
    maxs: floats(chart.maxs),
    sums: floats(chart.sums),
    counts: Uint32Array.from(chart.counts),
    nans: Uint32Array.from(chart.nans),
    positiveInfinities: Uint32Array.from(chart.positiveInfinities),
    negativeInfinities: Uint32Array.from(chart.negativeInfinities),
    attempts: Uint32Array.from(chart.attempts),
    superseded: Uint8Array.from(chart.superseded),
  };
}

/** One line a point, with a header line; NaN and the infinities by name. RFC 4180, numbers only, so nothing is quoted. */
export function historyCsv(history: SeriesHistory): string {
  const { steps, times, values, batches, attempts, superseded } = history;
  const lines = ["step,time,value,batch,attempt,superseded"];
  for (let i = 0; i < steps.length; i++) {
    const batch = batches?.[i] ?? Number.NaN;
    lines.push(
      `${steps[i]},${times[i]},${values[i]},${Number.isNaN(batch) ? "" : batch},${attempts[i]},${superseded[i]}`,
    );
  }
  lines.push("");
  return lines.join("\r\n");
}

function list(column: Float64Array) {
  return Array.from(column, encodeNumber);
}

function floats(column: readonly (number | "NaN" | "Infinity" | "-Infinity")[]): Float64Array {
  return Float64Array.from(column, decodeNumber);
}
