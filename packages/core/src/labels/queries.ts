import { getProjectRow } from "../projects/queries.ts";
import type { LabelUse } from "../runs/columns.ts";
import { compareText } from "../search/text-order.ts";
import type { ReadContext } from "../store/context.ts";

export const labelQueries = {
  /** Of the project when no experiments are named: then also those that it remembers and no run has. */
  "labels.list"(
    { tx, search }: ReadContext,
    input: { readonly project: string; readonly experiments: readonly number[] | null; readonly limit: number },
  ): LabelUse[] {
    const uses = new Map<string, number>();
    if (input.experiments === null) {
      const project = getProjectRow(tx, input.project).id;
      const experiments = tx.pick("experiments", ["id"], { index: "byName", prefix: [project] }).map(({ id }) => id);
      for (const { label } of tx.list("labels", { prefix: [project] })) uses.set(label, 0);
      count(experiments);
    } else count(input.experiments);
    return Array.from(uses, ([label, runs]) => ({ label, runs }))
      .sort((a, b) => b.runs - a.runs || compareText(a.label, b.label))
      .slice(0, input.limit);

    function count(experiments: readonly number[]): void {
      const { labels } = search.keys({ experiments, lifecycle: "active", filter: null }, ["labels"]);
      for (const [label, runs] of labels) uses.set(label, runs);
    }
  },
};
