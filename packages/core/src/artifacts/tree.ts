import { invalid } from "../errors.ts";
import { clip, isRunId, type RunId } from "../ids.ts";

/** What owns a tree of files: a run, or a project (its loose files, which no run owns). */
export type TreeOwner =
  | { readonly kind: "run"; readonly run: RunId }
  | { readonly kind: "loose"; readonly project: number };

/** The tree of a run's files. */
export function runTree(run: RunId): string {
  return `run/${run}`;
}

/** The tree of a project's loose files. */
export function looseTree(project: number): string {
  return `loose/${project}`;
}

/** @throws invalid unless the text is `run/<run id>` or `loose/<project id>`. */
export function parseTree(text: string): TreeOwner {
  const [kind, id = "", ...rest] = text.split("/");
  if (rest.length === 0) {
    if (kind === "run" && isRunId(id)) return { kind, run: id };
    if (kind === "loose" && /^\d{1,15}$/.test(id)) return { kind, project: Number(id) };
  }
  throw invalid(`No tree of files is named '${clip(text)}': give 'run/<run id>' or 'loose/<project id>'.`, {
    tree: clip(text),
  });
}
