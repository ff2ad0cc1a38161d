import { queryOptions } from "@tanstack/react-query";
import { server } from "../../lib/server.ts";

/** What only the run's own screen asks. */
export const runQueries = {
  notes: (run: string) => queryOptions({ queryKey: ["runs", run, "notes"], queryFn: () => server.runs.listNotes(run) }),
  modules: (run: string) =>
    queryOptions({ queryKey: ["runs", run, "modules"], queryFn: () => server.runs.listModules(run) }),
  iterations: (run: string) =>
    queryOptions({ queryKey: ["runs", run, "iterations"], queryFn: () => server.runs.listIterations(run) }),
  /** What it left and used, and the versions made from it. What makes it stale concerns other nouns too (`use-live-queries.ts`). */
  lineage: (run: string) => queryOptions({ queryKey: ["lineage", run], queryFn: () => server.runs.lineage(run) }),
};
