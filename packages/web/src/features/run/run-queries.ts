import type { Run } from "@cairn/core";
import { queryOptions } from "@tanstack/react-query";
import { literalText } from "../../lib/filter-text.ts";
import { server } from "../../lib/server.ts";

/** So many checkpoints of a run are shown. */
export const MAX_CHECKPOINTS = 200;

/** What only the run's own screen asks. */
export const runQueries = {
  notes: (run: string) => queryOptions({ queryKey: ["runs", run, "notes"], queryFn: () => server.runs.listNotes(run) }),
  modules: (run: string) =>
    queryOptions({ queryKey: ["runs", run, "modules"], queryFn: () => server.runs.listModules(run) }),
  iterations: (run: string) =>
    queryOptions({ queryKey: ["runs", run, "iterations"], queryFn: () => server.runs.listIterations(run) }),
  /** Versions that were made from it, newest first. */
  versions: (run: string, project: string) =>
    queryOptions({
      queryKey: ["versions", "of run", run, project],
      queryFn: async () =>
        (await server.versions.search({ filter: `run = ${literalText(run)}`, project, limit: 200 })).items,
    }),
  /** The checkpoints that it left or used, by id. */
  checkpoints: (run: Pick<Run, "outputs" | "used">) => {
    const ids = [...new Set([...run.outputs.map(({ checkpoint }) => checkpoint), ...run.used])].slice(-MAX_CHECKPOINTS);
    return queryOptions({
      queryKey: ["checkpoints", "by id", ids],
      queryFn: async () => {
        if (ids.length === 0) return new Map();
        const { items } = await server.checkpoints.search({
          filter: `id IN (${ids.map(literalText).join(", ")})`,
          limit: ids.length,
          lifecycle: "all",
        });
        return new Map(items.map((checkpoint) => [checkpoint.id as string, checkpoint]));
      },
    });
  },
};
