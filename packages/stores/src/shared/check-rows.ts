import type { ReadTx, RowOf, TableName } from "@cairn/core";
import type { RecordFinding } from "./check-series.ts";
import { layouts } from "./layout.ts";

/** Tables whose key begins with the row number of the run that owns the rows. */
const ownedByRun = [...layouts.values()].filter((layout) => layout.key[0] === "run").map((layout) => layout.name);

/** Every run, in pages. */
export function* listRuns(tx: ReadTx): Generator<RowOf<"runs">> {
  const limit = 500;
  for (let after = -1; ; ) {
    const page = tx.list("runs", { prefix: [], after, limit });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.row;
  }
}

/** Rows that hang on something which is not there. What is being purged is no finding. */
export function* checkRows(tx: ReadTx): Generator<RecordFinding> {
  for (const run of listRuns(tx)) {
    if (tx.get("experiments", run.experiment) !== undefined) continue;
    if (tx.get("purges", "experiment", run.experiment) !== undefined) continue;
    yield { record: `run ${run.id}`, message: `Its experiment ${run.experiment} is not there.` };
  }
  for (const table of ownedByRun) {
    for (const run of owners(tx, table)) {
      if (tx.get("runs", run) !== undefined || tx.get("purges", "run", run) !== undefined) continue;
      yield { record: `table ${table}`, message: `It has rows of run number ${run}, which is not there.` };
    }
  }
  for (const experiment of tx.list("experiments", { prefix: [] })) {
    if (tx.get("projects", experiment.project) !== undefined) continue;
    yield { record: `experiment ${experiment.id}`, message: `Its project ${experiment.project} is not there.` };
  }
}

/** The first column of the table's key, each value once: a step of the tree each. */
function* owners(tx: ReadTx, table: TableName): Generator<number> {
  const columns = ["run"] as unknown as [];
  for (let after = -1; ; ) {
    const [row] = tx.pick(table, columns, { prefix: [], after, limit: 1 }) as unknown as { run: number }[];
    if (row === undefined) return;
    after = row.run;
    yield after;
  }
}
