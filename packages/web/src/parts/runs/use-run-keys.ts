import type { TableColumns } from "@cairn/core";
import { queryOptions } from "@tanstack/react-query";
import { server } from "../../lib/server.ts";

/** Which keys the runs of some experiments have: what columns there may be. All experiments when left out. */
export function runKeysQuery(experiments?: readonly number[]) {
  return queryOptions({
    queryKey: ["columns", experiments ?? "all"],
    queryFn: (): Promise<TableColumns> => server.runs.columns({ experiments }),
  });
}
