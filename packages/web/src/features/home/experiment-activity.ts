import type { Experiment } from "@cairn/core";
import { queryOptions } from "@tanstack/react-query";
import { server } from "../../lib/server.ts";

/** What went on in an experiment. */
export interface Activity {
  readonly runs: number;
  /** When its newest run was made; null when it has none. */
  readonly newestRunAt: number | null;
}

const MOST = 1000;

/** Experiments with what went on in them, the one with the newest run first. */
export const experimentsByActivity = () =>
  queryOptions({
    queryKey: ["runs", "search", "activity"],
    queryFn: async (): Promise<readonly (Experiment & Activity)[]> => {
      const [experiments, groups] = await Promise.all([
        server.experiments.search({ limit: MOST }),
        server.runs.groups({ by: "experiment", limit: MOST }),
      ]);
      const activities = new Map(groups.items.map(({ value, runs, newest }) => [Number(value), { runs, newest }]));
      return experiments.items
        .map((experiment) => {
          const { runs = 0, newest = null } = activities.get(experiment.id) ?? {};
          return { ...experiment, runs, newestRunAt: newest };
        })
        .sort((one, other) => (other.newestRunAt ?? other.createdAt) - (one.newestRunAt ?? one.createdAt));
    },
  });
