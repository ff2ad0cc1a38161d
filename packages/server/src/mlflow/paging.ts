import type { Lifecycle } from "@cairn/core";
import { invalidValue } from "./errors.ts";

const MAX_RESULTS = 50_000;

export function checkMaxResults(count: number): number {
  if (count < 1) {
    throw invalidValue(`Invalid value ${count} for parameter 'max_results' supplied. It must be a positive integer`);
  }
  if (count > MAX_RESULTS) {
    throw invalidValue(
      `Invalid value ${count} for parameter 'max_results' supplied. It must be at most ${MAX_RESULTS}`,
    );
  }
  return count;
}

export function lifecycleOf(view: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL" | undefined): Lifecycle {
  if (view === "ALL") return "all";
  return view === "DELETED_ONLY" ? "deleted" : "active";
}
