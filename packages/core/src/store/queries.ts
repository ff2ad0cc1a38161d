import { artifactQueries } from "../artifacts/queries.ts";
import { checkpointQueries } from "../checkpoints/queries.ts";
import { datasetQueries } from "../datasets/queries.ts";
import { experimentQueries } from "../experiments/queries.ts";
import { labelQueries } from "../labels/queries.ts";
import { modelQueries } from "../models/queries.ts";
import { projectQueries } from "../projects/queries.ts";
import { runQueries } from "../runs/queries.ts";
import { seriesQueries } from "../series/queries.ts";
import { viewQueries } from "../views/queries.ts";
import type { ReadContext } from "./context.ts";

/** Every question to the record: kind → rule, answered from one snapshot. */
export const queries = {
  ...projectQueries,
  ...experimentQueries,
  ...runQueries,
  ...labelQueries,
  ...seriesQueries,
  ...artifactQueries,
  ...checkpointQueries,
  ...datasetQueries,
  ...modelQueries,
  ...viewQueries,
} as const;

export type Queries = typeof queries;
export type QueryKind = keyof Queries;
export type QueryInput<K extends QueryKind> = Parameters<Queries[K]>[1];
export type QueryOutput<K extends QueryKind> = ReturnType<Queries[K]>;

/** The questions that may read much: an adapter with threads answers them off the one that speaks HTTP. */
export const heavyQueries: ReadonlySet<string> = new Set<string>([
  "experiments.search",
  "checkpoints.search",
  "datasets.list",
  "runs.search",
  "runs.columns",
  "runs.groups",
  "labels.list",
  "series.history",
  "series.buckets",
  "models.search",
  "versions.search",
] satisfies readonly QueryKind[]);

/** Answers one query. */
export function answerQuery<K extends QueryKind>(context: ReadContext, kind: K, input: QueryInput<K>): QueryOutput<K> {
  const rule = queries[kind] as unknown as (context: ReadContext, input: QueryInput<K>) => QueryOutput<K>;
  return rule(context, input);
}
