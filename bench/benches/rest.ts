import { statSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchContext } from "../support/bench.ts";
import { type Figure, figure } from "../support/figure.ts";
import { type RestShape, writeRuns } from "../support/seeds/at-rest.ts";
import { startServer } from "../support/servers.ts";
import { settleFolder } from "../support/settle.ts";

/** Bytes a point in the file, after everything is sealed and free pages are given back. */
export const rest: Bench = {
  name: "rest",
  summary: "bytes a point at rest, summaries and runs included",
  async run(context) {
    const long: RestShape = { runs: context.quick ? 2 : 20, metrics: 10, steps: 20_000 };
    const wide: RestShape = { runs: context.quick ? 4 : 60, metrics: 1500, steps: 20 };
    return [
      ...(await measure("10 metrics × 20 k steps a run", long, context, { atMost: 5 })),
      ...(await measure("1500 metrics × 20 points a run", wide, context)),
    ];
  },
};

async function measure(
  name: string,
  shape: RestShape,
  { say }: BenchContext,
  target?: { readonly atMost: number },
): Promise<Figure[]> {
  say(name);
  await using server = await startServer();
  const points = await writeRuns(server.url, shape);
  await server.stop();
  await settleFolder(server.folder);
  const bytes = statSync(join(server.folder, "cairn.sqlite")).size;
  const note = `${(points / 1e6).toFixed(1)} M points, ${(bytes / 1e6).toFixed(1)} MB`;
  return [figure(`${name}: at rest`, bytes / points, "bytes/point", { note, ...(target && { target }) })];
}
