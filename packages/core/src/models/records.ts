import { getProjectRow } from "../projects/queries.ts";
import { decodeValue } from "../runs/values.ts";
import type { Expression, Lifecycle, Literal, RunSearch } from "../search/query.ts";
import { buildRecord, type SearchRecord } from "../search/record.ts";
import type { ReadTx } from "../store/tx.ts";
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

/** The versions among which a search looks: what its filter plainly asks for by model or run is not read past. */
export function* versionRecords(tx: ReadTx, input: VersionSearch): Generator<VersionRecord> {
  const models = new Map(chooseModels(tx, input).map((row) => [row.id, row]));
  const wanted = input.models === null ? [...models.keys()] : [...new Set(input.models)];
  const name = equalTo(input.filter, "model");
  const run = equalTo(input.filter, "run");
  if (run !== undefined) {
    for (const row of tx.list("versions", { index: "byRun", prefix: [run] })) {
      const model = models.get(row.model);
      if (model !== undefined && wanted.includes(row.model)) yield versionRecord(tx, model, row);
    }
    return;
  }
  for (const id of wanted) {
    const model = models.get(id);
    if (model === undefined || (name !== undefined && model.name !== name)) continue;
    for (const row of tx.list("versions", { index: "byNumber", prefix: [id] })) yield versionRecord(tx, model, row);
  }
}

function chooseModels(
  tx: ReadTx,
  { project, lifecycle }: { readonly project: string; readonly lifecycle: Lifecycle },
): ModelRow[] {
  const rows = tx.list("models", { index: "byName", prefix: [getProjectRow(tx, project).id] });
  return lifecycle === "all" ? rows : rows.filter((row) => (row.deletedAt !== null) === (lifecycle === "deleted"));
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

function readAttribute(row: VersionRow, attribute: string): Literal | null {
  const column = Object.hasOwn(columnOf, attribute) ? columnOf[attribute] : undefined;
  const value = column === undefined ? null : row[column];
  return value === "" && (attribute === "label" || attribute === "run") ? null : value;
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
