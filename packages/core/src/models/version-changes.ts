import { versionTree } from "../artifacts/tree.ts";
import { conflict } from "../errors.ts";
import type { NamePolicy } from "../experiments/experiment.ts";
import { freeName } from "../experiments/free-name.ts";
import { clip } from "../ids.ts";
import type { Json } from "../json.ts";
import { decodeValue, encodeValue } from "../runs/values.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { Tx } from "../store/tx.ts";
import { copyTree, type ManifestFile, putManifest } from "./copy-files.ts";
import {
  draftVersion,
  emitModel,
  emitVersion,
  getVersionRow,
  touchModel,
  writableModel,
  writableVersion,
} from "./guard.ts";
import { noteHistory } from "./note-history.ts";
import { removeVersion } from "./purge.ts";
import { putVersionTags } from "./put-tags.ts";
import { readVersion, readVersionTags } from "./read.ts";
import { findLabel } from "./ref.ts";
import type { ModelRow, VersionRow } from "./rows.ts";
import { type UpdateVersion, type Version, type VersionKey, type VersionState, versionStates } from "./version.ts";

/** As `CreateVersion`, with every default filled in. The files come from a tree that rows name, or by a manifest. */
export interface NewVersion {
  readonly model: number;
  readonly label: string | null;
  readonly onConflict: NamePolicy;
  readonly state: VersionState;
  readonly stage: string;
  readonly metadata: Readonly<Record<string, Json>>;
  readonly comment: string;
  readonly author: string;
  readonly run: string | null;
  readonly source: string | null;
  readonly link: string | null;
  readonly checkpoint: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly from: { readonly tree: string; readonly folder: string } | null;
  readonly manifest: readonly ManifestFile[] | null;
}

type Given = Omit<NewVersion, "model" | "onConflict" | "from" | "manifest">;

/** What a copy changes: of these, what is undefined is its origin's. */
export interface NewCopy extends Readonly<{ [K in keyof Given]?: Given[K] | undefined }> {
  readonly origin: VersionKey;
  readonly to: number;
  readonly onConflict: NamePolicy;
}

export const versionChanges = {
  "versions.create": createVersion,

  /** All of a version, under the next number of another model (or the same one). The label does not go along. */
  "versions.copy"(context: WriteContext, { origin, to, onConflict, ...given }: NewCopy): Version {
    const { tx } = context;
    const row = getVersionRow(tx, origin.model, origin.number);
    const metadata = tx.list("versionMetadata", { prefix: [row.id] });
    return createVersion(context, {
      model: to,
      onConflict,
      label: given.label ?? null,
      state: given.state ?? (row.state as VersionState),
      stage: given.stage ?? "",
      metadata: given.metadata ?? Object.fromEntries(metadata.map(({ key, value }) => [key, decodeValue(value)])),
      comment: given.comment ?? row.comment,
      author: given.author ?? row.author,
      run: given.run === undefined ? row.run || null : given.run,
      source: given.source === undefined ? row.source : given.source,
      link: given.link === undefined ? row.link : given.link,
      checkpoint: given.checkpoint === undefined ? row.checkpoint || null : given.checkpoint,
      tags: given.tags ?? readVersionTags(tx, row.id),
      from: { tree: versionTree(origin), folder: "" },
      manifest: null,
    });
  },

  /** @throws not_found; precondition when its model is deleted, or for label and metadata once it is sealed. */
  "versions.update"(context: WriteContext, input: UpdateVersion & VersionKey & { readonly strict: boolean }): Version {
    const { tx, at } = context;
    const isOfDraft = input.label !== undefined || input.metadata !== undefined;
    const row = (isOfDraft ? draftVersion : writableVersion)(tx, input.model, input.number);
    if (input.label != null && input.label !== row.label) checkLabelFree(tx, row.model, input.label);
    const stage = input.stage ?? row.stage;
    if (input.stage !== undefined && input.moveOthersTo !== undefined)
      moveOthers(context, row, stage, input.moveOthersTo);
    const next: VersionRow = {
      ...row,
      label: input.label === undefined ? row.label : (input.label ?? ""),
      comment: input.comment ?? row.comment,
      stage,
      updatedAt: at,
    };
    tx.put("versions", next);
    if (next.comment !== row.comment)
      noteHistory(context, "comment.changed", row, { from: row.comment, to: next.comment });
    if (stage !== row.stage) noteHistory(context, "stage.changed", row, { from: row.stage, to: stage });
    noteTags(context, row, input.tags ?? {});
    if (input.metadata !== undefined) putMetadata(tx, row.id, input.metadata);
    putVersionTags(tx, row.id, input.tags ?? {}, input.strict);
    if (input.stage !== undefined) {
      touchModel(context, row.model);
      emitModel(context, "updated", row.model);
    }
    emitVersion(context, "updated", row);
    return readVersion(tx, next);
  },

  /** From now on its contents never change. A second time changes nothing. */
  "versions.seal"(context: WriteContext, { model, number }: VersionKey): Version {
    const { tx, at } = context;
    const row = writableVersion(tx, model, number);
    if (row.state === "sealed") return readVersion(tx, row);
    const next: VersionRow = { ...row, state: "sealed", sealedAt: at, updatedAt: at };
    tx.put("versions", next);
    noteHistory(context, "version.sealed", row);
    touchModel(context, model);
    emitVersion(context, "updated", row);
    emitModel(context, "updated", model);
    return readVersion(tx, next);
  },

  /** Real: its files lose their name here, the aliases that point at it go, and its number does not come back. */
  "versions.delete"(context: WriteContext, { model, number }: VersionKey): void {
    const { tx, at } = context;
    const owner = writableModel(tx, model);
    removeVersion(context, getVersionRow(tx, model, number));
    tx.put("models", { ...owner, versions: owner.versions - 1, updatedAt: at });
    emitModel(context, "updated", model);
  },
};

/**
 * Gives the model its next number. Changes are applied one after the other, so callers at the same time get numbers that
 * follow each other.
 */
function createVersion(context: WriteContext, input: NewVersion): Version {
  const { tx, at } = context;
  const owner = writableModel(tx, input.model);
  const taken = input.label === null ? undefined : findLabel(tx, owner.id, input.label);
  if (taken !== undefined && input.onConflict === "skip") return readVersion(tx, taken);
  if (taken !== undefined && input.onConflict === "error") throw labelTaken(owner, taken);
  const isReplaced = taken !== undefined && input.onConflict === "overwrite";
  if (isReplaced) removeVersion(context, taken);
  const isFree = (label: string) => findLabel(tx, owner.id, label) === undefined;
  const number = owner.lastNumber + 1;
  const key = { model: owner.id, number };
  const copied =
    input.from === null ? putManifest(context, key, input.manifest ?? []) : copyTree(context, input.from, key);
  const row: VersionRow = {
    id: nextNumber(tx, "versions"),
    ...key,
    label: taken === undefined || isReplaced ? (input.label ?? "") : freeName(taken.label, isFree),
    state: input.state,
    stage: input.stage,
    comment: input.comment,
    author: input.author,
    run: input.run ?? "",
    source: input.source,
    link: input.link,
    checkpoint: input.checkpoint ?? "",
    ...copied,
    createdAt: at,
    updatedAt: at,
    sealedAt: input.state === "sealed" ? at : null,
  };
  tx.put("versions", row);
  tx.put("models", {
    ...owner,
    lastNumber: number,
    versions: owner.versions + (isReplaced ? 0 : 1),
    updatedAt: at,
  });
  putMetadata(tx, row.id, input.metadata);
  putVersionTags(tx, row.id, input.tags);
  noteHistory(context, "version.created", key);
  emitVersion(context, "created", key);
  emitModel(context, "updated", owner.id);
  return readVersion(tx, row);
}

function putMetadata(tx: Tx, version: number, metadata: Readonly<Record<string, Json>>): void {
  tx.clear("versionMetadata", { prefix: [version] });
  for (const [key, value] of Object.entries(metadata)) {
    tx.put("versionMetadata", { version, key, value: encodeValue(value) });
  }
}

/** Call it before the tags are put: it tells what they change. */
function noteTags(context: WriteContext, row: VersionRow, tags: Readonly<Record<string, string | null>>): void {
  for (const [name, to] of Object.entries(tags)) {
    const from = context.tx.get("versionTags", row.id, name)?.value ?? null;
    if (from !== to) noteHistory(context, to === null ? "tag.removed" : "tag.set", row, { name, from, to });
  }
}

function moveOthers(context: WriteContext, row: VersionRow, stage: string, to: string): void {
  const { tx, at } = context;
  const inStage = versionStates.flatMap((state) =>
    tx.list("versions", { index: "byStage", prefix: [row.model, state, stage] }),
  );
  for (const other of inStage) {
    if (other.id === row.id) continue;
    tx.put("versions", { ...other, stage: to, updatedAt: at });
    if (to !== stage) noteHistory(context, "stage.changed", other, { from: stage, to });
    emitVersion(context, "updated", other);
  }
}

function checkLabelFree(tx: Tx, model: number, label: string): void {
  const taken = findLabel(tx, model, label);
  if (taken !== undefined) throw labelTaken(writableModel(tx, model), taken);
}

function labelTaken(owner: ModelRow, { label, number }: VersionRow): Error {
  return conflict(
    `Model '${clip(owner.name)}' has a version labelled '${label}' (number ${number}). Choose another label, or say onConflict: overwrite, duplicate or skip.`,
    { model: owner.id, version: number, label },
  );
}
