import { decodeValue } from "../runs/values.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Model } from "./model.ts";
import { latestNumber } from "./ref.ts";
import type { ModelRow, VersionRow } from "./rows.ts";
import type { Version, VersionState } from "./version.ts";

/** Row → model, with its tags and aliases. */
export function readModel(tx: ReadTx, row: ModelRow): Model {
  return {
    id: row.id,
    project: tx.get("projects", row.project)?.name ?? "",
    name: row.name,
    description: row.description,
    author: row.author,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
    tags: readModelTags(tx, row.id),
    aliases: Object.fromEntries(tx.list("aliases", { prefix: [row.id] }).map(({ alias, number }) => [alias, number])),
    latest: latestNumber(tx, row.id) ?? null,
    stages: Object.fromEntries(stagesOf(tx, row.id)),
    versions: row.versions,
  };
}

export function readModelTags(tx: ReadTx, model: number): Record<string, string> {
  return Object.fromEntries(tx.list("modelTags", { prefix: [model] }).map(({ key, value }) => [key, value]));
}

/** Row → version, with all that hangs on it but its files. */
export function readVersion(tx: ReadTx, row: VersionRow): Version {
  const { model, number } = row;
  const pointing = tx.list("aliases", { index: "byVersion", prefix: [model, number] });
  const metadata = tx.list("versionMetadata", { prefix: [row.id] });
  return {
    model,
    name: tx.get("models", model)?.name ?? "",
    number,
    label: row.label || null,
    state: row.state as VersionState,
    stage: row.stage,
    metadata: Object.fromEntries(metadata.map(({ key, value }) => [key, decodeValue(value)])),
    comment: row.comment,
    author: row.author,
    run: row.run || null,
    source: row.source,
    link: row.link,
    checkpoint: row.checkpoint || null,
    files: row.files,
    bytes: row.bytes,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    sealedAt: row.sealedAt,
    aliases: pointing.map(({ alias }) => alias),
    tags: readVersionTags(tx, row.id),
  };
}

export function readVersionTags(tx: ReadTx, version: number): Record<string, string> {
  return Object.fromEntries(tx.list("versionTags", { prefix: [version] }).map(({ key, value }) => [key, value]));
}

const SEALED: VersionState = "sealed";

/** A step of the index for each stage, however many versions are in it. */
function* stagesOf(tx: ReadTx, model: number): Generator<[stage: string, number: number]> {
  const columns = ["stage", "number"] as const;
  let rest: { readonly after?: string } = {};
  for (;;) {
    const [row] = tx.pick("versions", columns, { index: "byStage", prefix: [model, SEALED], ...rest, limit: 1 });
    if (row === undefined) return;
    const prefix = [model, SEALED, row.stage];
    const [highest] = tx.pick("versions", columns, { index: "byStage", prefix, reverse: true, limit: 1 });
    yield [row.stage, highest?.number ?? row.number];
    rest = { after: row.stage };
  }
}
