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

export async function listExperiments(url: string | undefined, flags: Flags): Promise<void> {
  const { experiments, runs } = connect(url);
  const page = await experiments.search({
    lifecycle: flags.deleted ? "deleted" : "active",
    filter: flags.filter,
    limit: readLimit(flags.limit),
  });
  if (flags.json) return printJson(page.items);
  if (page.items.length === 0) {
    return print(
      flags.deleted
        ? "No experiment is deleted."
        : "No experiment matches. A training makes one by naming it: see README.md.",
    );
  }
  const now = Date.now();
  const rows: string[][] = [];
  for (const experiment of page.items) {
    const newest = (await runs.search({ experiments: [experiment.id], limit: 1, lifecycle: "all" })).items[0];
    const latest =
      newest === undefined ? "no runs yet" : `${cell(newest.name, 28)} (${formatAgo(newest.createdAt, now)})`;
    rows.push([String(experiment.id), cell(experiment.name), latest, formatAgo(experiment.createdAt, now)]);
  }
  printTable(["ID", "NAME", "NEWEST RUN", "CREATED"], rows, [0]);
  if (page.next !== null) print("\nThere are more: raise --limit.");
}
