import { nextNumber } from "../store/numbers.ts";
import type { ReadTx, Tx } from "../store/tx.ts";
import type { DatasetInput } from "./dataset.ts";

interface Owner {
  readonly row: number;
  readonly experiment: number;
}

/** Makes datasets inputs of a run. A dataset or input that is there already stays as it is. */
export function putInputs(tx: Tx, run: Owner, inputs: readonly DatasetInput[]): void {
  for (const input of inputs) {
    const dataset =
      findDataset(tx, run.experiment, input.dataset.name, input.dataset.digest) ?? addDataset(tx, run, input);
    if (tx.get("inputs", run.row, dataset) !== undefined) continue;
    tx.put("inputs", { run: run.row, dataset, context: input.context, tags: JSON.stringify(input.tags) });
  }
}

/** The run's inputs, oldest dataset first. */
export function readInputs(tx: ReadTx, run: number): DatasetInput[] {
  const found: DatasetInput[] = [];
  for (const input of tx.list("inputs", { prefix: [run] })) {
    const row = tx.get("datasets", input.dataset);
    if (row === undefined) continue;
    const { name, digest, sourceType, source, schema, profile } = row;
    found.push({
      dataset: { name, digest, sourceType, source, schema, profile },
      context: input.context,
      tags: JSON.parse(input.tags) as Record<string, string>,
    });
  }
  return found;
}

function findDataset(tx: ReadTx, experiment: number, name: string, digest: string): number | undefined {
  return tx.list("datasets", { index: "byName", prefix: [experiment, name, digest], limit: 1 })[0]?.id;
}

function addDataset(tx: Tx, run: Owner, input: DatasetInput): number {
  const id = nextNumber(tx, "datasets");
  tx.put("datasets", { id, experiment: run.experiment, ...input.dataset });
  return id;
}
