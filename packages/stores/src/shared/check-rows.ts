import type { ReadTx, RowOf, TableName } from "@cairn/core";
import type { RecordFinding } from "./check-series.ts";
import { layouts } from "./layout.ts";

/** Tables whose key begins with the row number of the run, or checkpoint, that owns the rows. */
const ownedBy = (owner: string) =>
  [...layouts.values()].filter((layout) => layout.key[0] === owner).map((layout) => layout.name);
const ownerTables = { run: "runs", checkpoint: "checkpoints" } as const;

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
  for (const { id, experiment } of tx.list("checkpoints", { prefix: [] })) {
    if (tx.get("experiments", experiment) ?? tx.get("purges", "experiment", experiment)) continue;
    yield { record: `checkpoint ${id}`, message: `Its experiment ${experiment} is not there.` };
  }
  for (const kind of ["run", "checkpoint"] as const) {
    for (const table of ownedBy(kind)) {
      for (const owner of owners(tx, table, kind)) {
        if (tx.get(ownerTables[kind], owner) ?? tx.get("purges", kind, owner)) continue;
        yield { record: `table ${table}`, message: `It has rows of ${kind} number ${owner}, which is not there.` };
      }
    }
  }
  for (const experiment of tx.list("experiments", { prefix: [] })) {
    if (tx.get("projects", experiment.project) !== undefined) continue;
    yield { record: `experiment ${experiment.id}`, message: `Its project ${experiment.project} is not there.` };
  }
  yield* checkJournal(tx);
  yield* checkModels(tx);
}

/** Records that no head leads to. What a head leads to is read, and missed, with the run's series. */
function* checkJournal(tx: ReadTx): Generator<RecordFinding> {
  const limit = 10_000;
  for (let after = 0; ; ) {
    const page = tx.pick("journal", ["id", "run", "seq"], { prefix: [], after, limit });
    for (const { run, seq } of page) {
      const head = tx.get("heads", run);
      if (head === undefined ? tx.get("purges", "run", run) : head.sealed < seq && seq <= head.seq) continue;
      yield { record: `journal record ${seq} of run number ${run}`, message: "Nothing leads to it." };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.id;
  }
}

function* checkModels(tx: ReadTx): Generator<RecordFinding> {
  for (const model of tx.list("models", { prefix: [] })) {
    if (tx.get("projects", model.project) === undefined) {
      yield { record: `model ${model.id}`, message: `Its project ${model.project} is not there.` };
    }
    const versions = tx.pick("versions", ["number"], { index: "byNumber", prefix: [model.id] });
    const highest = versions.at(-1)?.number ?? 0;
    if (versions.length !== model.versions || highest > model.lastNumber) {
      const message = `It counts ${model.versions} versions up to number ${model.lastNumber}; there are ${versions.length} up to ${highest}.`;
      yield { record: `model ${model.id}`, message };
    }
    const numbers = new Set(versions.map(({ number }) => number));
    for (const { alias, number } of tx.list("aliases", { prefix: [model.id] })) {
      if (numbers.has(number)) continue;
      yield {
        record: `model ${model.id}`,
        message: `Its alias '${alias}' points at version ${number}, which is not there.`,
      };
    }
  }
  for (const { model, number } of tx.pick("versions", ["model", "number"], { prefix: [] })) {
    if (tx.get("models", model) !== undefined || tx.get("purges", "model", model) !== undefined) continue;
    yield { record: `version ${model}/${number}`, message: `Its model ${model} is not there.` };
  }
}

/** The first column of the table's key, each value once: a step of the tree each. */
function* owners(tx: ReadTx, table: TableName, kind: "run" | "checkpoint"): Generator<number> {
  const columns = [kind] as unknown as [];
  for (let after = -1; ; ) {
    const [row] = tx.pick(table, columns, { prefix: [], after, limit: 1 }) as unknown as Record<string, number>[];
    const owner = row?.[kind];
    if (owner === undefined) return;
    after = owner;
    yield after;
  }
}
