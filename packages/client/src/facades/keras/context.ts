import type { Run, SearchInput } from "@cairn/core";
import type { Client } from "../../client.ts";
import type { RunHandle, StartRun } from "../../logger.ts";

/** What every part of the facade works with. */
export interface KerasContext {
  readonly client: Client;
  /** Where new records go and which are shown; new ones in `Default` and all shown when undefined. */
  readonly experiment: string | undefined;
  readonly startRun: (client: Client, options: StartRun) => Promise<RunHandle>;
}

/** Every run that a search finds, in the order of their making unless told otherwise. */
export async function searchRuns(
  { client, experiment }: KerasContext,
  input: Pick<SearchInput, "filter" | "order"> & { readonly limit?: number | undefined } = {},
): Promise<Run[]> {
  const found = experiment === undefined ? undefined : await client.experiments.find(experiment);
  if (experiment !== undefined && found === undefined) return [];
  const { filter, order = "created asc", limit = Number.POSITIVE_INFINITY } = input;
  const experiments = found === undefined ? undefined : [found.id];
  const runs: Run[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.runs.search({
      filter,
      order,
      experiments,
      cursor,
      limit: Math.min(1000, limit - runs.length),
    });
    runs.push(...page.items);
    if (page.next === null || runs.length >= limit) return runs;
    cursor = page.next;
  }
}

/** Asks for each item, a few at a time, and keeps their order. */
export async function mapSome<T, R>(items: readonly T[], act: (item: T) => Promise<R>, width = 8): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await act(items[i] as T);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}
