import type { Run } from "@cairn/core";
import type { ComparisonView } from "./comparison-view.ts";

/** What each view of a comparison is given. */
export interface CompareRoom {
  /** In the order of the address. */
  readonly runs: readonly Run[];
  readonly view: ComparisonView;
  /** Writes the address; `also`: what a view keeps there for itself. */
  readonly change: (part: Partial<ComparisonView>, also?: Readonly<Record<string, string | undefined>>) => void;
}
