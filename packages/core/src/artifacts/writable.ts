import { writableCheckpoint } from "../checkpoints/guard.ts";
import { notFound } from "../errors.ts";
import { draftVersion, emitVersion } from "../models/guard.ts";
import { touchRun, writableRun } from "../runs/guard.ts";
import type { WriteContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import { parseTree } from "./tree.ts";

/** How many files more (or fewer) a tree has, and how many bytes. */
export interface TreeChange {
  readonly files: number;
  readonly bytes: number;
}

/** The owner of a tree that takes writes. */
export interface WritableTree {
  /** Notes that it was written to. `change`: null when nothing of its files is different. */
  written(context: WriteContext, change: TreeChange | null): void;
}

const loose: WritableTree = { written: () => {} };

/** @throws not_found; precondition as `writableRun`, `writableCheckpoint` and `draftVersion`. */
export function writableTree(tx: ReadTx, tree: string): WritableTree {
  const owner = parseTree(tree);
  if (owner.kind === "run") return runOwner(tx, owner.run);
  if (owner.kind === "checkpoint") return checkpointOwner(tx, owner.checkpoint);
  if (owner.kind === "version") return versionOwner(tx, owner.model, owner.number);
  if (tx.get("projects", owner.project) !== undefined) return loose;
  throw notFound(`No project has the id ${owner.project}.`, { project: owner.project });
}

function runOwner(tx: ReadTx, id: string): WritableTree {
  const run = writableRun(tx, id);
  return {
    written(context, change) {
      touchRun(context, run);
      if (change !== null) context.emit({ kind: "artifact.changed", id: run.id, experiment: run.experiment });
    },
  };
}

function checkpointOwner(tx: ReadTx, id: string): WritableTree {
  const { experiment } = writableCheckpoint(tx, id);
  return {
    written(context, change) {
      if (change !== null) context.emit({ kind: "artifact.changed", id, experiment });
    },
  };
}

function versionOwner(tx: ReadTx, model: number, number: number): WritableTree {
  const row = draftVersion(tx, model, number);
  return {
    written(context, change) {
      if (change === null) return;
      const files = row.files + change.files;
      context.tx.put("versions", { ...row, files, bytes: row.bytes + change.bytes, updatedAt: context.at });
      emitVersion(context, "updated", row);
    },
  };
}
