import {
  checkLog,
  checkName,
  invalid,
  type Json,
  jsonText,
  type LogInput,
  packPoints,
  type Run,
  type Services,
} from "@cairn/core";
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

/**
 * The k-th row of a name becomes the k-th finished run of that name; runs that have no row stay.
 * @throws what the server would say of a value, before the first row is written
 */
export async function writeServerRows(
  { client, experiment }: ServerTracker,
  rows: readonly Row[],
  uId: string,
): Promise<void> {
  for (const row of rows) {
    checkName("A run's name", nameOf(row, uId));
    checkLog(inputOf(row, uId, metricsOf(row, uId)));
  }
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
  const metrics = metricsOf(row, uId);
  const present = new Map(run.metrics.map(({ key, latest }) => [key, latest?.value]));
  const changed = metrics.filter((column) => !Object.is(present.get(column), row[column]));
  for (const column of Object.keys(row)) {
    // What the training itself logged under this name stays, as long as the result is its last value.
    if (present.has(column) && (!metrics.includes(column) || changed.includes(column))) {
      await client.series.clear(run.id, column);
    }
  }
  await client.runs.log(run.id, inputOf(row, uId, changed));
}

function kindOf(row: Row, column: string, uId: string): Kind {
  return column === uId ? "id" : typeof row[column] === "number" ? "metric" : "param";
}

function metricsOf(row: Row, uId: string): string[] {
  return Object.keys(row).filter((column) => kindOf(row, column, uId) === "metric");
}

/** A row as what is logged of it, with points for these of its columns. */
function inputOf(row: Row, uId: string, points: readonly string[]): LogInput {
  const kinds = Object.keys(row).map((column) => [column, kindOf(row, column, uId)] as const);
  const time = Date.now();
  return {
    parameters: kinds.filter(([, kind]) => kind === "param").map(([key]) => ({ key, value: cellOf(row, key) })),
    replace: true,
    tags: { [COLUMNS_TAG]: JSON.stringify(kinds) },
    ...(points.length === 0
      ? {}
      : { points: packPoints(points.map((key) => ({ key, step: 0, time, value: row[key] as number }))) }),
  };
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
