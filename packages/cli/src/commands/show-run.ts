import type { ArtifactEntry, Run, Services } from "@cairn/core";
import pc from "picocolors";
import { connect } from "../connect.ts";
import { findRun } from "../find-run.ts";
import { formatBytes, formatDuration, formatNumber, formatState, formatTime, formatValue } from "../format.ts";
import { cell, print, printJson, printTable } from "../print.ts";

/** Files listed at most; the rest is counted. */
const MAX_FILES = 100;

export async function showRun(
  url: string | undefined,
  text: string,
  flags: { readonly json?: boolean },
): Promise<void> {
  const services = connect(url);
  const run = await findRun(services, text);
  const [notes, files, experiment] = await Promise.all([
    services.runs.listNotes(run.id),
    listFiles(services, run.id),
    services.experiments.get(run.experiment),
  ]);
  if (flags.json) return printJson({ ...run, notes, artifacts: files });
  const now = Date.now();
  print(
    `${pc.bold(cell(run.name, 100))}${run.starred ? pc.yellow(" ★") : ""}  ${formatState(run, now)}${run.deletedAt === null ? "" : pc.red("  deleted")}`,
  );
  const facts: [string, string][] = [
    ["id", run.id],
    ["experiment", `${cell(experiment.name, 80)} (${experiment.id})`],
    ["author", cell(run.author, 80)],
    ["started", run.startedAt === null ? "" : formatTime(run.startedAt)],
    ["took", run.startedAt === null ? "" : formatDuration((run.endedAt ?? run.heartbeatAt) - run.startedAt)],
    ["attempt", run.attempt > 1 ? String(run.attempt) : ""],
    ["labels", run.labels.map((label) => cell(label)).join(", ")],
    ["error", cell(run.error ?? "", 200)],
  ];
  for (const [name, value] of facts) if (value !== "") print(`${pc.dim(name.padEnd(12))}${value}`);
  section("Parameters", ["NAME", "VALUE"], parameterRows(run));
  section("Metrics", ["NAME", "LATEST", "STEP", "MIN", "MAX", "POINTS"], metricRows(run), [1, 2, 3, 4, 5]);
  section(
    "Tags",
    ["NAME", "VALUE"],
    Object.entries(run.tags).map(([key, value]) => [cell(key), cell(value, 80)]),
  );
  section(
    "Datasets",
    ["NAME", "DIGEST", "CONTEXT"],
    run.inputs.map(({ dataset, context }) => [cell(dataset.name), cell(dataset.digest), cell(context ?? "")]),
  );
  section(
    "Files",
    ["PATH", "SIZE"],
    files.map((file) => [cell(file.path, 100), formatBytes(file.size)]),
    [1],
  );
  section(
    "Notes",
    ["WHEN", "WHO", "NOTE"],
    notes.map((note) => [formatTime(note.at), cell(note.author, 20), cell(note.text, 100)]),
  );
}

function section(title: string, heads: string[], rows: string[][], right: number[] = []): void {
  if (rows.length === 0) return;
  print(`\n${pc.bold(title)}`);
  printTable(heads, rows, right);
}

function parameterRows(run: Run): string[][] {
  return run.parameters.map(({ group, key, value }) => [
    cell(group === "" ? key : `${group}/${key}`),
    cell(formatValue(value), 80),
  ]);
}

function metricRows(run: Run): string[][] {
  const number = (point: { readonly value: number } | null) => (point === null ? "" : formatNumber(point.value));
  return run.metrics.map(({ key, latest, min, max, count }) => [
    cell(key),
    number(latest),
    latest === null ? "" : String(latest.step),
    number(min),
    number(max),
    String(count),
  ]);
}

async function listFiles(services: Services, run: string): Promise<ArtifactEntry[]> {
  const files: ArtifactEntry[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined && files.length < MAX_FILES; folder = folders.pop()) {
    for (const entry of (await services.artifacts.list(run, folder)).items) {
      if (entry.isFolder) folders.push(entry.path);
      else files.push(entry);
    }
  }
  return files.slice(0, MAX_FILES);
}
