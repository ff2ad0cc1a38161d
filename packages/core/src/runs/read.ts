import { readLinks } from "../checkpoints/links.ts";
import { readInputs } from "../datasets/put.ts";
import type { RunId } from "../ids.ts";
import { nameDamage } from "../series/name-damage.ts";
import type { SeriesReader } from "../series/port.ts";
import type { ReadContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import type { RunFields, RunPart } from "./fields.ts";
import { runDeletedAt } from "./guard.ts";
import type { RunParts } from "./kept-parts.ts";
import { findName, nameText } from "./names.ts";
import type { RunRow } from "./rows.ts";
import type { Parameter, Run, RunInfo } from "./run.ts";
import type { RunState } from "./state.ts";
import { textSize } from "./text-size.ts";
import { decodeValue } from "./values.ts";

/** Row → the run's own fields. */
export function readRunInfo(tx: ReadTx, row: RunRow): RunInfo {
  return {
    id: row.id as RunId,
    experiment: row.experiment,
    name: row.name,
    state: row.state as RunState,
    author: row.author,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    heartbeatAt: row.heartbeatAt,
    deletedAt: runDeletedAt(tx, row),
    starred: row.starred === 1,
    attempt: row.attempt,
    error: row.error,
  };
}

/** Row → run, with all that lists and pages show of it. */
export function readRun(context: Omit<ReadContext, "search">, row: RunRow): Run {
  const { parameters, tags, labels, metrics, inputs } = readParts(context, row);
  return {
    ...readRunInfo(context.tx, row),
    parameters,
    tags,
    labels,
    metrics,
    inputs,
    ...readLinks(context.tx, row.row),
  };
}

/** What is kept is taken as long as it holds; metrics change with the journal, too, where the rest stays. */
function readParts({ tx, series, parts }: Omit<ReadContext, "search">, row: RunRow): RunParts {
  const run = row.row;
  const version = series.version(run);
  const known = parts?.find(run);
  if (known?.version === version) return known;
  const read = {
    parameters: known?.parameters ?? tx.list("parameters", { prefix: [run] }).map((row) => readParameter(tx, row)),
    tags: known?.tags ?? readTags(tx, run),
    labels: known?.labels ?? readLabels(tx, run),
    metrics: nameDamage(`A summary of run '${row.id}'`, () => series.list(run)),
    inputs: known?.inputs ?? readInputs(tx, run),
  };
  const made = { ...read, size: textSize(read), version };
  parts?.keep(run, made);
  return made;
}

/** As `readRun`, with the asked fields alone; the parts that are not asked for are empty. */
export function readRunFields(tx: ReadTx, series: SeriesReader, row: RunRow, fields: RunFields): Run {
  const has = (part: RunPart) => fields.parts.includes(part);
  const run = row.row;
  const found = <V>(keys: readonly string[], find: (name: number) => V | undefined): V[] =>
    keys.flatMap((key) => {
      const name = findName(tx, key);
      return (name === undefined ? undefined : find(name)) ?? [];
    });
  const links = has("outputs") || has("used") ? readLinks(tx, run) : { outputs: [], used: [] };
  return {
    ...readRunInfo(tx, row),
    parameters: (has("parameters")
      ? tx.list("parameters", { prefix: [run] })
      : found(fields.parameters, (name) => tx.get("parameters", run, name))
    ).map((parameter) => readParameter(tx, parameter)),
    tags: has("tags")
      ? readTags(tx, run)
      : Object.fromEntries(
          fields.tags.flatMap((key) =>
            found([key], (name) => tx.get("tags", run, name)).map(({ value }) => [key, value]),
          ),
        ),
    labels: has("labels") ? readLabels(tx, run) : [],
    metrics: nameDamage(`A summary of run '${row.id}'`, () =>
      has("metrics") ? series.list(run) : fields.metrics.flatMap((key) => series.find(run, key) ?? []),
    ),
    inputs: has("inputs") ? readInputs(tx, run) : [],
    outputs: has("outputs") ? links.outputs : [],
    used: has("used") ? links.used : [],
  };
}

function readLabels(tx: ReadTx, run: number): string[] {
  return tx.list("runLabels", { prefix: [run] }).map(({ label }) => label);
}

function readParameter(tx: ReadTx, row: { name: number; group: string; value: string }): Parameter {
  const flat = nameText(tx, row.name);
  return {
    group: row.group,
    key: row.group === "" ? flat : flat.slice(row.group.length + 1),
    value: decodeValue(row.value),
  };
}

function readTags(tx: ReadTx, run: number): Record<string, string> {
  return Object.fromEntries(tx.list("tags", { prefix: [run] }).map((tag) => [nameText(tx, tag.name), tag.value]));
}
