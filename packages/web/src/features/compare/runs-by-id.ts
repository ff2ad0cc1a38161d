import { queryOptions } from "@tanstack/react-query";
import { literalText } from "../../lib/filter-text.ts";
import { server } from "../../lib/server.ts";

/** The runs with these ids, in their order, deleted ones too; those that are not there are left out. One question for all. */
export const runsById = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ["runs", "search", { ids }],
    enabled: ids.length > 0,
    queryFn: async () => {
      const filter = `id IN (${ids.map(literalText).join(", ")})`;
      const { items } = await server.runs.search({ filter, limit: ids.length, lifecycle: "all" });
      return ids.flatMap((id) => items.find((run) => run.id === id) ?? []);
    },
  });
