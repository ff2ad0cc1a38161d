import { queryOptions, useQuery } from "@tanstack/react-query";
import { server } from "../../lib/server.ts";
import { flatKey } from "./columns/run-column.ts";
import type { KnownKeys } from "./columns/default-columns.ts";

/** Which keys the runs of some experiments have: what columns there may be. */
export interface RunKeys extends KnownKeys {
  readonly tags: readonly { readonly key: string; readonly runs: number }[];
  readonly labelNames: readonly string[];
  /** There are more than are told here. */
  readonly more: boolean;
}

export function runKeysQuery(experiments: readonly number[]) {
  return queryOptions({ queryKey: ["columns", experiments], queryFn: () => readKeys(experiments) });
}

export function useRunKeys(experiments: readonly number[]) {
  return useQuery(runKeysQuery(experiments));
}

async function readKeys(experiments: readonly number[]): Promise<RunKeys> {
  const { items } = await server.runs.search({ experiments, limit: 100 });
  const parameters = new Map<string, { values: Set<string>; runs: number }>();
  const metrics = new Map<string, { name: string; phase: string | null; runs: number }>();
  const tags = new Map<string, number>();
  const labels = new Set<string>();
  for (const run of items) {
    for (const parameter of run.parameters) {
      const known = parameters.get(flatKey(parameter)) ?? { values: new Set(), runs: 0 };
      known.runs++;
      known.values.add(JSON.stringify(parameter.value));
      parameters.set(flatKey(parameter), known);
    }
    for (const { key, name, phase } of run.metrics) metrics.set(key, { name, phase, runs: (metrics.get(key)?.runs ?? 0) + 1 });
    for (const key of Object.keys(run.tags)) tags.set(key, (tags.get(key) ?? 0) + 1);
    for (const label of run.labels) labels.add(label);
  }
  return {
    parameters: [...parameters].map(([key, { values, runs }]) => ({ key, distinct: values.size, runs })),
    metrics: [...metrics].map(([key, rest]) => ({ key, ...rest })),
    tags: [...tags].map(([key, runs]) => ({ key, runs })),
    labelNames: [...labels],
    labels: labels.size,
    more: false,
  };
}
