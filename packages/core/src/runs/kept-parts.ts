import type { DatasetInput } from "../datasets/dataset.ts";
import type { SeriesInfo } from "../series/series.ts";
import type { Parameter } from "./run.ts";

/** What takes long to read of a run: all that lists show of it and that stands in its own rows. Never changed once made. */
export interface RunParts {
  readonly parameters: readonly Parameter[];
  readonly tags: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
  readonly metrics: readonly SeriesInfo[];
  readonly inputs: readonly DatasetInput[];
  /** About how many characters they take as JSON (`textSize`). */
  readonly size: number;
  /** Where the run's journal stood (`SeriesReader.version`): its metrics hold as long as it stands there. */
  readonly version: string;
}

/** Parts of runs from earlier snapshots. A reader that keeps none reads them anew. */
export interface KeptRunParts {
  /**
   * The parts as they were kept, if since then no row of the run in `runs`, `parameters`, `tags`, `runLabels`, `inputs` or
   * `series` was put or deleted. What its journal says is not looked at.
   */
  find(run: number): RunParts | undefined;
  keep(run: number, parts: RunParts): void;
}
