import type { Tx } from "../store/tx.ts";

/**
 * Takes away the rows of a tree for good, with all revisions: at most `limit` of them in one call, so that a purge can
 * go in slices. Less than `limit` means that the tree is gone. The blobs lose their names, and gc frees them.
 */
export function removeTree(tx: Tx, tree: string, limit: number): number {
  return tx.clear("files", { prefix: [tree], limit });
}
