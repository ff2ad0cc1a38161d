export const runTabs = ["overview", "charts", "artifacts", "lineage"] as const;
export type RunTab = (typeof runTabs)[number];

/** What the run's screen keeps in the address. */
export interface RunView {
  readonly tab: RunTab;
  /** Filter of parameters and metrics in the overview. */
  readonly filter: string;
  /** Of the artifacts, or of the files of the checkpoint that is looked at. */
  readonly path: string;
  readonly revision: number | undefined;
  /** Id of the checkpoint that is looked at. */
  readonly checkpoint: string | undefined;
}

/** Nonsense in an address is passed over. */
export function parseRunView(search: Readonly<Record<string, string | undefined>>): RunView {
  const { tab, q, path, rev, checkpoint } = search;
  return {
    tab: runTabs.find((each) => each === tab) ?? "overview",
    filter: q ?? "",
    path: path ?? "",
    revision: rev !== undefined && /^[1-9]\d{0,9}$/.test(rev) ? Number(rev) : undefined,
    checkpoint: checkpoint !== undefined && /^m-[0-9a-f]{32}$/.test(checkpoint) ? checkpoint : undefined,
  };
}
