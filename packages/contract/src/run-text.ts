import type { Run, RunPage } from "@cairn/core";
import { encodeParameters, encodeSeriesInfo } from "./run-json.ts";

/**
 * The JSON text of `encodePageOfRuns`. A store gives parts of a run that did not change as the same objects again; their
 * text is made once and lives as long as they do.
 */
export function pageOfRunsText({ items, ...rest }: RunPage): string {
  return insert(rest, `"items":[${items.map(runText).join(",")}]`);
}

function runText({ parameters, tags, labels, metrics, inputs, ...own }: Run): string {
  const parts =
    `"parameters":${parametersText(parameters)},"tags":${plainText(tags)},"labels":${plainText(labels)},` +
    `"metrics":${metricsText(metrics)},"inputs":${plainText(inputs)}`;
  return insert(own, parts);
}

const parametersText = once((parameters: Run["parameters"]) => JSON.stringify(encodeParameters(parameters)));
const metricsText = once((metrics: Run["metrics"]) => JSON.stringify(metrics.map(encodeSeriesInfo)));
const plainText = once((part: object) => JSON.stringify(part));

/** `make` for each object once: none of them may change later. */
function once<T extends object>(make: (value: T) => string): (value: T) => string {
  const made = new WeakMap<T, string>();
  return (value) => {
    const known = made.get(value);
    if (known !== undefined) return known;
    const text = make(value);
    made.set(value, text);
    return text;
  };
}

/** The fields of an object that has at least one, and more of them, as text, behind. */
function insert(fields: object, more: string): string {
  return `${JSON.stringify(fields).slice(0, -1)},${more}}`;
}
