import type { RunSearchInput, SearchInput } from "@cairn/core";
import { queryOptions } from "@tanstack/react-query";
import { server } from "./server.ts";

/**
 * What the page asks the server, by noun. Every key begins with the noun's plural; the hint for a noun marks all of its
 * keys as stale (`use-live-queries.ts`). A question of one feature alone may live in that feature, under the same rule.
 */
export const queries = {
  projects: () => queryOptions({ queryKey: ["projects"], queryFn: () => server.projects.list() }),
  experiments: (input: SearchInput & { readonly project?: string } = {}) =>
    queryOptions({ queryKey: ["experiments", "search", input], queryFn: () => server.experiments.search(input) }),
  experiment: (id: number) =>
    queryOptions({ queryKey: ["experiments", id], queryFn: () => server.experiments.get(id) }),
  runs: (input: RunSearchInput = {}) =>
    queryOptions({ queryKey: ["runs", "search", input], queryFn: () => server.runs.search(input) }),
  run: (id: string) => queryOptions({ queryKey: ["runs", id], queryFn: () => server.runs.get(id) }),
  series: (run: string) => queryOptions({ queryKey: ["runs", run, "series"], queryFn: () => server.series.list(run) }),
  models: (input: SearchInput & { readonly project?: string } = {}) =>
    queryOptions({ queryKey: ["models", "search", input], queryFn: () => server.models.search(input) }),
};
