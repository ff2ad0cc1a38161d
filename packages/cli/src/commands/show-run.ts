import type { ArtifactEntry, Iteration, Module, Run, Services } from "@cairn/core";
import { connect } from "../connect.ts";
import { findRun } from "../find-run.ts";
import { formatBytes, formatNumber, formatState, formatTime, formatTook, formatValue } from "../format.ts";
import { paint } from "../paint.ts";
import { cell, print, printJson, printTable } from "../print.ts";
import type { Column } from "../table.ts";

/** Rows of what a run may have thousands of; --json has all but the files. */
const MAX_FILES = 100;
const MAX_ITERATIONS = 20;

export async function showRun(
  url: string | undefined,
  text: string,
  flags: { readonly json?: boolean },
): Promise<void> {
  const services = connect(url);
  const run = await findRun(services, text);
  const [notes, modules, iterations, files, experiment] = await Promise.all([
    services.runs.listNotes(run.id),
    services.runs.listModules(run.id),
    services.runs.listIterations(run.id),
    listFiles(services, run.id),
    services.experiments.get(run.experiment),
  ]);
  if (flags.json) return printJson({ ...run, notes, modules, iterations, artifacts: files.items });
  const now = Date.now();
  const star = run.starred ? paint.yellow(" ★") : "";
  const deleted = run.deletedAt === null ? "" : paint.red("  deleted");
  print(`${paint.bold(cell(run.name, 100))}${star}  ${formatState(run, now)}${deleted}`);
  const facts: [string, string][] = [
    ["id", run.id],
    ["experiment", `${cell(experiment.name, 80)} (${experiment.id})`],
    ["author", cell(run.author, 80)],
    ["started", run.startedAt === null ? "" : formatTime(run.startedAt)],
    ["took", formatTook(run, now)],
    ["attempt", run.attempt > 1 ? String(run.attempt) : ""],
    ["labels", run.labels.map((label) => cell(label)).join(", ")],
    ["error", cell(run.error ?? "", 200)],
  ];
  for (const [name, value] of facts) if (value !== "") print(`${paint.dim(name.padEnd(12))}${value}`);
  section("Parameters", texts("NAME", "VALUE"), parameterRows(run));
  section("Metrics", [...texts("NAME"), ...numbers("LATEST", "STEP", "MIN", "MAX", "POINTS")], metricRows(run));
  section(
    "Tags",
    texts("NAME", "VALUE"),
    Object.entries(run.tags).map(([key, value]) => [cell(key, 80), cell(value, 80)]),
  );
  section(
    "Datasets",
    texts("NAME", "DIGEST", "CONTEXT"),
    run.inputs.map(({ dataset, context }) => [cell(dataset.name, 80), cell(dataset.digest), cell(context ?? "")]),
  );
  section("Modules", texts("TYPE", "NAME", "HASH"), moduleRows(modules));
  section("Iterations", texts("PHASE", "EPOCH", "DATASET"), iterationRows(iterations), iterations.length);
  section(
    "Files",
    [...texts("PATH"), ...numbers("SIZE")],
    files.items.map((file) => [cell(file.path, 100), formatBytes(file.size)]),
    files.hasMore ? Number.POSITIVE_INFINITY : files.items.length,
  );
  section(
    "Notes",
    texts("WHEN", "WHO", "NOTE"),
    notes.map((note) => [formatTime(note.at), cell(note.author, 20), cell(note.text, 100)]),
  );
}

const texts = (...heads: string[]): Column[] => heads.map((head) => ({ head }));
const numbers = (...heads: string[]): Column[] => heads.map((head) => ({ head, isNumber: true }));

/** @param total how many there are, if `rows` are only the first. */
function section(title: string, columns: Column[], rows: string[][], total = rows.length): void {
  if (rows.length === 0) return;
  const isUsed = columns.map((_, i) => rows.some((row) => row[i] !== ""));
  print(`\n${paint.bold(title)}`);
  printTable(
    columns.filter((_, i) => isUsed[i]),
    rows.map((row) => row.filter((_, i) => isUsed[i])),
  );
  if (total > rows.length)
    print(paint.dim(Number.isFinite(total) ? `… and ${total - rows.length} more` : "… and more"));
}

/** In the order of their names: the order in which they were logged is not kept. */
function parameterRows(run: Run): string[][] {
  return run.parameters
    .map(({ group, key, value }) => [cell(group === "" ? key : `${group}/${key}`, 80), cell(formatValue(value), 80)])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

function metricRows(run: Run): string[][] {
  const number = (point: { readonly value: number } | null) => (point === null ? "" : formatNumber(point.value));
  return run.metrics.map(({ key, latest, min, max, count }) => [
    cell(key, 80),
    number(latest),
    latest === null ? "" : String(latest.step),
    number(min),
    number(max),
    String(count),
  ]);
}

function moduleRows(modules: readonly Module[]): string[][] {
  return modules.map(({ type, name, hash }) => [cell(type), cell(name, 80), cell(hash, 16)]);
}

function iterationRows(iterations: readonly Iteration[]): string[][] {
  return iterations
    .slice(0, MAX_ITERATIONS)
    .map(({ phase, epoch, dataset }) => [
      cell(phase ?? ""),
      epoch === null ? "" : String(epoch),
      cell(dataset?.name ?? "", 80),
    ]);
}

/** Folder by folder, as far as the first hundred. */
async function listFiles(
  services: Services,
  run: string,
): Promise<{ readonly items: ArtifactEntry[]; readonly hasMore: boolean }> {
  const items: ArtifactEntry[] = [];
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    if (items.length >= MAX_FILES) return { items: items.slice(0, MAX_FILES), hasMore: true };
    for (const entry of (await services.artifacts.list(run, folder)).items) {
      if (entry.isFolder) folders.push(entry.path);
      else items.push(entry);
    }
  }
  return { items: items.slice(0, MAX_FILES), hasMore: items.length > MAX_FILES };
}
