import type { Experiment } from "@cairn/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../../lib/queries.ts";
import { server } from "../../lib/server.ts";

/** What went on in an experiment. */
export interface Activity {
  readonly runs: number;
  /** When its newest run was made; null when it has none. */
  readonly newestRunAt: number | null;
}

const MOST = 1000;

const activities = () =>
  queryOptions({
    queryKey: ["runs", "search", "activity"],
    queryFn: () => server.runs.groups({ by: "experiment", limit: MOST }),
  });

/** Experiments with what went on in them, the one with the newest run first. Two questions: each has hints of its own. */
export function useExperimentsByActivity() {
  const experiments = useQuery(queries.experiments({ limit: MOST }));
  const groups = useQuery(activities());
  const data = useMemo(() => {
    if (experiments.data === undefined || groups.data === undefined) return undefined;
    const found = new Map(groups.data.items.map(({ value, runs, newest }) => [Number(value), { runs, newest }]));
    return experiments.data.items
      .map((experiment): Experiment & Activity => {
        const { runs = 0, newest = null } = found.get(experiment.id) ?? {};
        return { ...experiment, runs, newestRunAt: newest };
      })
      .sort((one, other) => (other.newestRunAt ?? other.createdAt) - (one.newestRunAt ?? one.createdAt));
  }, [experiments.data, groups.data]);
  return {
    data,
    // What is known stays when a later answer fails.
    error: data === undefined ? (experiments.error ?? groups.error) : null,
    refetch: () => {
      void experiments.refetch();
      void groups.refetch();
    },
  };
}
