import { invalid } from "../errors.ts";
import { type CheckpointId, clip, isCheckpointId, isRunId, type RunId } from "../ids.ts";

/** What owns a tree of files: a run, a checkpoint, a version, or a project (its loose files, which nothing else owns). */
export type TreeOwner =
  | { readonly kind: "run"; readonly run: RunId }
  | { readonly kind: "checkpoint"; readonly checkpoint: CheckpointId }
  | { readonly kind: "version"; readonly model: number; readonly number: number }
  | { readonly kind: "loose"; readonly project: number };

/** The tree of a run's files. */
export function runTree(run: RunId): string {
  return `run/${run}`;
}

/** The tree of a checkpoint's files. */
export function checkpointTree(checkpoint: CheckpointId): string {
  return `checkpoint/${checkpoint}`;
}

/** The tree of a project's loose files. */
export function looseTree(project: number): string {
  return `loose/${project}`;
}

/** The tree of a version's files. It is always rows over blobs, wherever other files lie. */
export function versionTree({ model, number }: { readonly model: number; readonly number: number }): string {
  return `version/${model}.${number}`;
}

/** @throws invalid unless the text is `run/<run id>`, `checkpoint/<checkpoint id>`, `version/<model id>.<number>` or `loose/<project id>`. */
export function parseTree(text: string): TreeOwner {
  const [kind, id = "", ...rest] = text.split("/");
  if (rest.length === 0) {
    if (kind === "run" && isRunId(id)) return { kind, run: id };
    if (kind === "checkpoint" && isCheckpointId(id)) return { kind, checkpoint: id };
    const [, model, number] = (kind === "version" && /^(\d{1,15})\.(\d{1,15})$/.exec(id)) || [];
    if (model !== undefined) return { kind: "version", model: Number(model), number: Number(number) };
    if (kind === "loose" && /^\d{1,15}$/.test(id)) return { kind, project: Number(id) };
  }
  throw invalid(
    `No tree of files is named '${clip(text)}': give 'run/<run id>', 'checkpoint/<checkpoint id>', 'version/<model id>.<number>' or 'loose/<project id>'.`,
    { tree: clip(text) },
  );
}
