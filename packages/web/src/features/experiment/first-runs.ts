import type { Run } from "@cairn/core";
import { queryOptions } from "@tanstack/react-query";
import { server } from "../../lib/server.ts";
import type { RunList } from "../../parts/runs/use-run-windows.ts";

/**
 * The first runs of a list with all of their metrics, which charts are made of. Asked for beside the table's rows, not after
 * them. What charts hear of new metrics makes every key that begins like this one stale (`parts/charts/use-metrics.ts`).
 */
export function firstRunsQuery({ experiments, filter, order, lifecycle }: Omit<RunList, "fields">, count: number) {
  return queryOptions({
    queryKey: ["runs", "search", "charts", "first", experiments, filter, order, lifecycle, count],
    queryFn: async (): Promise<readonly Run[]> =>
      (await server.runs.search({ experiments, filter, order, lifecycle, fields: ["metrics"], limit: count })).items,
  });
}
