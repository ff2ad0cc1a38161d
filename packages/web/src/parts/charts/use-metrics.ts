import type { Run } from "@cairn/core";
import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { subscribe } from "../../lib/events.ts";
import { literalText } from "../../lib/filter-text.ts";
import { createGatherer } from "../../lib/gather.ts";
import { server } from "../../lib/server.ts";
import type { ChartRun } from "./group-metrics.ts";

const METRICS_KEY = ["runs", "search", "charts"];
/** Runs in one question. */
const BATCH = 50;
/** A run under way may log a metric that it did not have before: so often it is looked for. */
const NEW_METRICS_MS = 5000;

export interface KnownRuns {
  /** The given runs, each with what it logged. */
  readonly runs: readonly ChartRun[];
  readonly isPending: boolean;
  readonly error: unknown;
  retry(): void;
}

/**
 * What the runs logged: as the screen told, else as the server says. While they grow it is looked up again, what a screen
 * asked under the same beginning of a key with it.
 */
export function useMetrics(runs: readonly ChartRun[]): KnownRuns {
  const client = useQueryClient();
  const unknown = runs.filter(({ metrics }) => metrics === undefined).map(({ id }) => id);
  const idText = unknown.join(" ");
  const allText = runs.map(({ id }) => id).join(" ");
  const batches = useMemo(() => {
    const ids = idText.split(" ").filter(Boolean);
    return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH));
  }, [idText]);
  const answers = useQueries({
    queries: batches.map((ids) => ({
      queryKey: [...METRICS_KEY, ids],
      queryFn: () => searchRuns(ids),
      placeholderData: keepPreviousData,
    })),
  });

  useEffect(() => {
    const ids = new Set(allText.split(" "));
    const gatherer = createGatherer<string>(NEW_METRICS_MS, () => {
      void client.invalidateQueries({ queryKey: METRICS_KEY });
    });
    const stop = subscribe((hint) => {
      if (hint.kind === "series.appended" && ids.has(hint.id)) gatherer.add(hint.id);
    });
    return () => {
      stop();
      gatherer.stop();
    };
  }, [client, allText]);

  const found = new Map<string, Run>();
  for (const { data } of answers) for (const run of data ?? []) found.set(run.id, run);
  const told = runs.map((run) => {
    const known = found.get(run.id);
    return known === undefined || run.metrics !== undefined
      ? run
      : { ...run, metrics: known.metrics, startedAt: run.startedAt ?? known.startedAt };
  });
  return {
    runs: told,
    isPending: answers.some(({ isPending }) => isPending),
    error: answers.find(({ error }) => error !== null)?.error ?? undefined,
    retry: () => void Promise.all(answers.map(({ refetch }) => refetch())),
  };
}

async function searchRuns(ids: readonly string[]): Promise<readonly Run[]> {
  const { items } = await server.runs.search({ filter: `id IN (${ids.map(literalText).join(", ")})`, limit: BATCH });
  return items;
}
