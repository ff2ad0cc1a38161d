import type { Run, Services } from "@cairn/core";
import { TrackerError } from "@cairn/core";
import { connect } from "../connect.ts";
import { formatAgo, formatNumber, formatState, formatTook } from "../format.ts";
import { cell, print, printJson, printTable } from "../print.ts";
import { readLimit } from "../read-limit.ts";

interface Flags {
  readonly experiment?: string;
  readonly filter?: string;
  readonly order?: string;
  readonly deleted?: boolean;
  readonly limit?: string;
  readonly json?: boolean;
}

/** Metrics shown as columns: more would break the line of an ordinary terminal. */
const MAX_METRICS = 4;

export async function listRuns(url: string | undefined, flags: Flags): Promise<void> {
  const limit = readLimit(flags.limit);
  const services = connect(url);
  const experiment = flags.experiment === undefined ? undefined : await findExperiment(services, flags.experiment);
  const page = await services.runs.search({
    experiments: experiment === undefined ? undefined : [experiment],
    filter: flags.filter,
    order: flags.order,
    lifecycle: flags.deleted ? "deleted" : "active",
    limit,
  });
  if (flags.json) return printJson(page.items);
  if (page.items.length === 0) return print(explainNone(flags));
  const metrics = commonMetrics(page.items);
  const now = Date.now();
  printTable(
    [
      { head: "RUN" },
      { head: "NAME" },
      { head: "STATE" },
      { head: "CREATED" },
      { head: "TOOK", isNumber: true },
      ...metrics.map((key) => ({ head: cell(key, 18), isNumber: true })),
    ],
    page.items.map((run) => [
      run.id.slice(0, 8),
      cell(run.name, 40),
      formatState(run, now),
      formatAgo(run.createdAt, now),
      formatTook(run, now),
      ...metrics.map((key) => latestOf(run, key)),
    ]),
  );
  if (page.next !== null) print("\nThere are more: raise --limit or narrow with --filter.");
}

/** An experiment by its name, else by its id. @throws not_found */
export async function findExperiment(services: Services, nameOrId: string): Promise<number> {
  const named = await services.experiments.find(nameOrId);
  if (named !== undefined) return named.id;
  if (/^\d{1,15}$/.test(nameOrId)) return (await services.experiments.get(Number(nameOrId))).id;
  throw new TrackerError("not_found", `No experiment is named '${cell(nameOrId, 80)}'. See: cairn experiments`, {});
}

function explainNone({ experiment, filter, deleted }: Flags): string {
  const what = deleted ? "deleted run" : "run";
  const where = experiment === undefined ? "" : ` in experiment '${cell(experiment, 80)}'`;
  if (filter !== undefined) return `No ${what}${where} matches the filter: ${cell(filter, 200)}`;
  return deleted || experiment !== undefined
    ? `There is no ${what}${where}.`
    : "There is no run yet. A training makes one by logging; the server's first page shows how.";
}

/** The metrics that most of these runs have, most shared first. */
function commonMetrics(runs: readonly Run[]): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) for (const { key } of run.metrics) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_METRICS)
    .map(([key]) => key);
}

function latestOf(run: Run, key: string): string {
  const latest = run.metrics.find((metric) => metric.key === key)?.latest;
  return latest ? formatNumber(latest.value) : "";
}
