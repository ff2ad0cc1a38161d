import { getProjectRow } from "../projects/queries.ts";
import { decodeValue } from "../runs/values.ts";
import type { Expression, Lifecycle, Literal, RunSearch } from "../search/query.ts";
import { buildRecord, type SearchRecord } from "../search/record.ts";
import type { ReadTx } from "../store/tx.ts";
import { findModelRow } from "./guard.ts";
import { readModelTags } from "./read.ts";
import { latestNumber } from "./ref.ts";
import type { ModelRow, VersionRow } from "./rows.ts";

export interface VersionSearch extends Omit<RunSearch, "experiments"> {
  readonly project: string;
  /** Ids to look in; null = all. */
  readonly models: readonly number[] | null;
}

/** Every model of a project as the judge sees it: models are few beside runs. */
export function* modelRecords(
  tx: ReadTx,
  input: { readonly project: string; readonly lifecycle: Lifecycle },
): Generator<SearchRecord> {
  for (const row of chooseModels(tx, input)) {
    const { id, name, description, author, createdAt, updatedAt, versions } = row;
    yield buildRecord({
      row: id,
      attributes: {
        id,
        name,
        description,
        author,
        created: createdAt,
        updated: updatedAt,
        versions,
        latest: latestNumber(tx, id) ?? null,
      },
      tags: readModelTags(tx, id),
    });
  }
}

export interface VersionRecord extends SearchRecord {
  readonly version: VersionRow;
}

/** The versions among which a search looks: what its filter plainly asks for by model, run or checkpoint is not read past. */
export function* versionRecords(tx: ReadTx, input: VersionSearch): Generator<VersionRecord> {
  const isWanted = chooserOf(tx, input);
  const run = equalTo(input.filter, "run");
  const source = run ?? equalTo(input.filter, "checkpoint");
  if (source !== undefined) {
    const index = run === undefined ? "byCheckpoint" : "byRun";
    for (const row of tx.list("versions", { index, prefix: [source] })) {
      const model = tx.get("models", row.model);
      if (model !== undefined && isWanted(model)) yield versionRecord(tx, model, row);
    }
    return;
  }
  for (const model of candidates(tx, input)) {
    if (!isWanted(model)) continue;
    for (const row of tx.list("versions", { index: "byNumber", prefix: [model.id] })) {
      yield versionRecord(tx, model, row);
    }
  }
}

function candidates(tx: ReadTx, { project, models, filter }: VersionSearch): ModelRow[] {
  const name = equalTo(filter, "model");
  if (name !== undefined) {
    const row = findModelRow(tx, getProjectRow(tx, project).id, name);
    return row === undefined ? [] : [row];
  }
  if (models === null) return tx.list("models", { index: "byName", prefix: [getProjectRow(tx, project).id] });
  return [...new Set(models)].flatMap((id) => tx.get("models", id) ?? []);
}

function chooserOf(tx: ReadTx, input: VersionSearch): (row: ModelRow) => boolean {
  const project = getProjectRow(tx, input.project).id;
  const ids = input.models === null ? null : new Set(input.models);
  const isAlive = lifecycleTest(input.lifecycle);
  return (row) => row.project === project && isAlive(row) && (ids === null || ids.has(row.id));
}

function lifecycleTest(lifecycle: Lifecycle): (row: ModelRow) => boolean {
  return lifecycle === "all" ? () => true : (row) => (row.deletedAt !== null) === (lifecycle === "deleted");
}

function chooseModels(
  tx: ReadTx,
  { project, lifecycle }: { readonly project: string; readonly lifecycle: Lifecycle },
): ModelRow[] {
  return tx
    .list("models", { index: "byName", prefix: [getProjectRow(tx, project).id] })
    .filter(lifecycleTest(lifecycle));
}

function versionRecord(tx: ReadTx, model: ModelRow, version: VersionRow): VersionRecord {
  const { id } = version;
  return {
    row: id,
    version,
    attribute: (attribute) => (attribute === "model" ? model.name : readAttribute(version, attribute)),
    metric: () => null,
    parameter(key) {
      const text = tx.get("versionMetadata", id, key)?.value;
      return text === undefined ? undefined : decodeValue(text);
    },
    tag: (key) => tx.get("versionTags", id, key)?.value,
    labels: () => [],
    datasets: () => [],
  };
}

const columnOf: Readonly<Record<string, keyof VersionRow>> = {
  number: "number",
  label: "label",
  state: "state",
  stage: "stage",
  comment: "comment",
  author: "author",
  run: "run",
  source: "source",
  checkpoint: "checkpoint",
  files: "files",
  bytes: "bytes",
  created: "createdAt",
  updated: "updatedAt",
  sealed: "sealedAt",
};

/** Kept as "" where there is none: indexes hold no nulls. */
const maybeTexts: ReadonlySet<string> = new Set(["label", "run", "checkpoint"]);

function readAttribute(row: VersionRow, attribute: string): Literal | null {
  const column = Object.hasOwn(columnOf, attribute) ? columnOf[attribute] : undefined;
  const value = column === undefined ? null : row[column];
  return value === "" && maybeTexts.has(attribute) ? null : value;
}

/** The text that the filter demands of an attribute, whatever else it asks: `a = 'x'`, alone or in a chain of ANDs. */
function equalTo(filter: Expression | null, attribute: string): string | undefined {
  if (filter === null) return undefined;
  if (filter.op === "and") {
    for (const term of filter.terms) {
      const value = equalTo(term, attribute);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  if (filter.op !== "compare" || filter.comparison !== "=") return undefined;
  const { field, value } = filter;
  return field.kind === "attribute" && field.name === attribute && typeof value === "string" ? value : undefined;
}
