import type { Run } from "@cairn/core";
import type { ComparisonView } from "./comparison-view.ts";

/** What each view of a comparison is given. */
export interface CompareRoom {
  /** In the order of the address. */
  readonly runs: readonly Run[];
  readonly view: ComparisonView;
  readonly change: (part: Partial<ComparisonView>) => void;
}
