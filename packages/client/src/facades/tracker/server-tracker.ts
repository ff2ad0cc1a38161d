import { invalid, type Json, jsonText, packPoints, type Run, type Services } from "@cairn/core";
import { pageAll, quoteText } from "../page-all.ts";
import { cellOf, type Row } from "./row.ts";

/** A tracker that is an experiment of the server: a row is a finished run of it, named by the row's id. */
export interface ServerTracker {
  readonly client: Services;
  readonly experiment: string;
}

type Kind = "id" | "metric" | "param";

/** Tells the columns of a row in their order, and where each lies: `[["acc","metric"], …]`. */
const COLUMNS_TAG = "tracker.columns";

/**
 * The finished runs of the experiment as rows, oldest first; undefined when there is no such experiment. A run that
 * another client logged has its parameters and the latest of its metrics as columns.
 */
export async function readServerRows({ client, experiment }: ServerTracker, uId: string): Promise<Row[] | undefined> {
  const found = await client.experiments.find(experiment);
  if (found === undefined || found.deletedAt !== null) return undefined;
  return (await listFinished(client, found.id)).map((run) => rowOfRun(run, uId));
}

/** The k-th row of a name becomes the k-th finished run of that name; runs that have no row stay. */
export async function writeServerRows(
  { client, experiment }: ServerTracker,
  rows: readonly Row[],
  uId: string,
): Promise<void> {
  for (const row of rows) nameOf(row, uId);
  const { id } = await client.experiments.create({ name: experiment, onConflict: "skip" });
  const present = Map.groupBy(await listFinished(client, id), ({ name }) => name);
  for (const row of rows) {
    const name = nameOf(row, uId);
    const run = present.get(name)?.shift() ?? (await client.runs.create({ experiment: id, name, state: "finished" }));
    await writeRow(client, run, row, uId);
  }
}

/** Numbers become metrics, everything else parameters, so that each shows as what it is in every list. */
export async function writeRow(client: Services, run: Run, row: Row, uId: string): Promise<void> {
  const kindOf = (column: string): Kind =>
    column === uId ? "id" : typeof row[column] === "number" ? "metric" : "param";
  const columns = Object.keys(row);
  const metrics = columns.filter((column) => kindOf(column) === "metric");
  const logged = new Set(run.metrics.map(({ key }) => key));
  const present = (column: string) => run.metrics.find(({ key }) => key === column)?.latest?.value;
  const changed = metrics.filter((column) => !Object.is(present(column), row[column]));
  for (const column of columns) {
    // What the training itself logged under this name stays, as long as the result is its last value.
    if (logged.has(column) && (kindOf(column) !== "metric" || changed.includes(column))) {
      await client.series.clear(run.id, column);
    }
  }
  const time = Date.now();
  await client.runs.log(run.id, {
    parameters: columns.filter((column) => kindOf(column) === "param").map((key) => ({ key, value: cellOf(row, key) })),
    replace: true,
    tags: { [COLUMNS_TAG]: JSON.stringify(columns.map((column) => [column, kindOf(column)])) },
    ...(changed.length === 0
      ? {}
      : { points: packPoints(changed.map((key) => ({ key, step: 0, time, value: row[key] as number }))) }),
  });
}

/** The finished runs of an experiment, of one name or of all, oldest first. */
export async function listFinished(client: Services, experiment: number, name?: string): Promise<Run[]> {
  const filter = `state = 'finished'${name === undefined ? "" : ` AND name = ${quoteText(name)}`}`;
  return pageAll((cursor) =>
    client.runs.search({ experiments: [experiment], filter, order: "created asc", limit: 500, cursor }),
  );
}

function rowOfRun(run: Run, uId: string): Row {
  const parameters = new Map(
    run.parameters.map(({ group, key, value }) => [group === "" ? key : `${group}/${key}`, value]),
  );
  const metrics = new Map(run.metrics.map(({ key, latest }) => [key, latest?.value ?? null]));
  const told = JSON.parse(run.tags[COLUMNS_TAG] ?? "[]") as [string, Kind][];
  const row = new Map<string, Json>(told.length === 0 ? [[uId, run.name]] : []);
  for (const [column, kind] of told) {
    row.set(column, kind === "id" ? run.name : ((kind === "metric" ? metrics : parameters).get(column) ?? null));
  }
  for (const [column, value] of [...parameters, ...metrics]) if (!row.has(column)) row.set(column, value);
  return Object.fromEntries(row);
}

function nameOf(row: Row, uId: string): string {
  const id = cellOf(row, uId);
  if (id === null || jsonText(id).trim() === "") {
    throw invalid(`A row has no '${uId}', so it cannot become a run; fill it in with writeUId.`, { column: uId });
  }
  return jsonText(id);
}
