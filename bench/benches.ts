import { blobs } from "./benches/blobs.ts";
import { chart } from "./benches/chart.ts";
import { growth } from "./benches/growth.ts";
import { ingest } from "./benches/ingest.ts";
import { mlflow } from "./benches/mlflow.ts";
import { page } from "./benches/page.ts";
import { rest } from "./benches/rest.ts";
import { search } from "./benches/search.ts";
import { single } from "./benches/single.ts";
import { start } from "./benches/start.ts";
import { tables } from "./benches/tables.ts";
import type { Bench } from "./support/bench.ts";

/** In the order in which they run. */
export const benches: readonly Bench[] = [
  start,
  ingest,
  single,
  rest,
  chart,
  search,
  tables,
  growth,
  blobs,
  page,
  mlflow,
];
