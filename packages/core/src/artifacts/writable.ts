import { notFound } from "../errors.ts";
import { writableRun } from "../runs/guard.ts";
import type { RunRow } from "../runs/rows.ts";
import type { ReadTx } from "../store/tx.ts";
import { parseTree } from "./tree.ts";

/** The run whose tree takes writes; null for the loose files of a project. @throws not_found; precondition as `writableRun`. */
export function writableTree(tx: ReadTx, tree: string): RunRow | null {
  const owner = parseTree(tree);
  if (owner.kind === "run") return writableRun(tx, owner.run);
  if (tx.get("projects", owner.project) !== undefined) return null;
  throw notFound(`No project has the id ${owner.project}.`, { project: owner.project });
}
