import { checkWhole, MAX_ITEMS } from "../limits.ts";
import type { ReadContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import type { DatasetUse } from "./dataset.ts";

export const datasetQueries = {
  /**
   * Every dataset of the experiments with each context in which a run used it, by experiment, name, digest and context: the
   * first `limit` of them. One whose runs are all purged is passed over.
   */
  "datasets.list"(
    { tx }: ReadContext,
    input: { readonly experiments: readonly number[]; readonly limit: number },
  ): DatasetUse[] {
    checkWhole("The limit of a list", input.limit, 1, MAX_ITEMS);
    const found: DatasetUse[] = [];
    for (const experiment of [...new Set(input.experiments)].sort((a, b) => a - b)) {
      if (tx.get("experiments", experiment) === undefined) continue;
      for (const use of usesIn(tx, experiment)) {
        found.push(use);
        if (found.length === input.limit) return found;
      }
    }
    return found;
  },
};

function* usesIn(tx: ReadTx, experiment: number): Generator<DatasetUse> {
  const range = { index: "byName", prefix: [experiment] } as const;
  for (const { id, name, digest } of tx.pick("datasets", ["id", "name", "digest"], range)) {
    const inputs = tx.pick("inputs", ["context"], { index: "byDataset", prefix: [id] });
    const contexts = [...new Set(inputs.map(({ context }) => context))];
    // None first, then by code units: few words, and no order that anything depends on.
    contexts.sort((a, b) => (a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1));
    for (const context of contexts) yield { experiment, name, digest, context };
  }
}
