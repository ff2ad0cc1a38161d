import type { Experiment, Services } from "@cairn/core";
import { connect } from "../connect.ts";
import { formatAgo } from "../format.ts";
import { cell, print, printJson, printTable } from "../print.ts";
import { readLimit } from "../read-limit.ts";

interface Flags {
  readonly deleted?: boolean;
  readonly filter?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

/** Questions under way at once. */
const ASKED_AT_ONCE = 16;

export async function listExperiments(url: string | undefined, flags: Flags): Promise<void> {
  const services = connect(url);
  const page = await services.experiments.search({
    lifecycle: flags.deleted ? "deleted" : "active",
    filter: flags.filter,
    limit: readLimit(flags.limit),
  });
  if (flags.json) return printJson(page.items);
  if (page.items.length === 0) return print(explainNone(flags));
  const now = Date.now();
  const newest = await newestRuns(services, page.items, now);
  printTable(
    [{ head: "ID", isNumber: true }, { head: "NAME" }, { head: "NEWEST RUN" }, { head: "CREATED" }],
    page.items.map(({ id, name, createdAt }, i) => [
      String(id),
      cell(name, 60),
      newest[i] ?? "",
      formatAgo(createdAt, now),
    ]),
  );
  if (page.next !== null) print("\nThere are more: raise --limit or narrow with --filter.");
}

function explainNone({ deleted, filter }: Flags): string {
  const what = deleted ? "deleted experiment" : "experiment";
  return filter === undefined ? `There is no ${what}.` : `No ${what} matches the filter: ${cell(filter, 200)}`;
}

async function newestRuns({ runs }: Services, experiments: readonly Experiment[], now: number): Promise<string[]> {
  const texts: string[] = [];
  for (let start = 0; start < experiments.length; start += ASKED_AT_ONCE) {
    const pages = await Promise.all(
      experiments
        .slice(start, start + ASKED_AT_ONCE)
        .map(({ id }) => runs.search({ experiments: [id], limit: 1, lifecycle: "all" })),
    );
    for (const { items } of pages) {
      const [run] = items;
      texts.push(run === undefined ? "no runs yet" : `${cell(run.name, 28)} (${formatAgo(run.createdAt, now)})`);
    }
  }
  return texts;
}
