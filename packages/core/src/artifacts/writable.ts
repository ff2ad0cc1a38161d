import { writableCheckpoint } from "../checkpoints/guard.ts";
import { notFound } from "../errors.ts";
import { touchRun, writableRun } from "../runs/guard.ts";
import type { WriteContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import { parseTree, type TreeOwner } from "./tree.ts";

/** The owner of a tree that takes writes. @throws not_found; precondition as `writableRun` and `writableCheckpoint`. */
export function writableTree(tx: ReadTx, tree: string): TreeOwner {
  const owner = parseTree(tree);
  if (owner.kind === "run") writableRun(tx, owner.run);
  else if (owner.kind === "checkpoint") writableCheckpoint(tx, owner.checkpoint);
  else if (tx.get("projects", owner.project) === undefined) {
    throw notFound(`No project has the id ${owner.project}.`, { project: owner.project });
  }
  return owner;
}

/** Notes a write to a tree with its owner. `isChanged`: files are other than before, which the world is told. */
export function noteWrite(context: WriteContext, owner: TreeOwner, isChanged: boolean): void {
  if (owner.kind === "run") {
    const run = writableRun(context.tx, owner.run);
    touchRun(context, run);
    if (isChanged) context.emit({ kind: "artifact.changed", id: run.id, experiment: run.experiment });
  }
  if (owner.kind === "checkpoint" && isChanged) {
    const { id, experiment } = writableCheckpoint(context.tx, owner.checkpoint);
    context.emit({ kind: "artifact.changed", id, experiment });
  }
}
