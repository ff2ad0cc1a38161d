import { notFound } from "../errors.ts";
import { clip } from "../ids.ts";
import { checkItems } from "../limits.ts";
import type { Page } from "../page.ts";
import { getProjectRow } from "../projects/queries.ts";
import { searchScope } from "../search/cursor.ts";
import { pageRecords } from "../search/page-records.ts";
import type { RunSearch } from "../search/query.ts";
import type { ReadContext } from "../store/context.ts";
import { findModelRow, getModelRow, getVersionRow } from "./guard.ts";
import type { ModelEvent, ModelHistoryEntry } from "./history.ts";
import { encodeHistoryCursor } from "./history-cursor.ts";
import type { Model } from "./model.ts";
import { readModel, readVersion } from "./read.ts";
import { modelRecords, type VersionSearch, versionRecords } from "./records.ts";
import { findNumber, type ModelRef, resolveRef } from "./ref.ts";
import type { Version, VersionKey } from "./version.ts";

/** As runs: an answer of some 100 MB at most, in characters. */
const MAX_PAGE_TEXT = 32_000_000;

type Search = Omit<RunSearch, "experiments">;

export const modelQueries = {
  "models.get"({ tx }: ReadContext, { id }: { readonly id: number }): Model {
    return readModel(tx, getModelRow(tx, id));
  },

  "models.find"(
    { tx }: ReadContext,
    { name, project }: { readonly name: string; readonly project: string },
  ): Model | undefined {
    const row = findModelRow(tx, getProjectRow(tx, project).id, name);
    return row && readModel(tx, row);
  },

  /** The newest first. Of a deleted model too. */
  "models.history"(
    { tx }: ReadContext,
    { id, limit, before }: { readonly id: number; readonly limit: number; readonly before: number | null },
  ): Page<ModelHistoryEntry> {
    const { id: model } = getModelRow(tx, id);
    const range = { prefix: [model], reverse: true, limit: limit + 1 } as const;
    const rows = tx.list("modelHistory", before === null ? range : { ...range, to: before });
    const items = rows.slice(0, limit).map(({ model: _, what, ...entry }) => ({ ...entry, what: what as ModelEvent }));
    const last = items.at(-1);
    return { items, next: rows.length > limit && last !== undefined ? encodeHistoryCursor(model, last.number) : null };
  },

  "models.search"({ tx }: ReadContext, input: Search & { readonly project: string }): Page<Model> {
    const { lifecycle, filter, order, limit, cursor } = input;
    const scope = searchScope("model", JSON.stringify([input.project, lifecycle]), filter, order);
    const { records, next } = pageRecords(modelRecords(tx, input), { filter, order, limit, cursor, scope });
    return { items: records.map(({ row }) => readModel(tx, getModelRow(tx, row))), next };
  },

  "versions.get"({ tx }: ReadContext, { model, number }: VersionKey): Version {
    return readVersion(tx, getVersionRow(tx, model, number));
  },

  /** Those that there are, in the order asked for. */
  "versions.list"({ tx }: ReadContext, { keys }: { readonly keys: readonly VersionKey[] }): readonly Version[] {
    checkItems("versions", keys.length);
    return keys.flatMap(({ model, number }) => {
      const row = findNumber(tx, model, number);
      return row === undefined || tx.get("models", model) === undefined ? [] : [readVersion(tx, row)];
    });
  },

  "versions.find"(
    { tx }: ReadContext,
    { model, ref }: { readonly model: number; readonly ref: string },
  ): Version | undefined {
    const row = resolveRef(tx, getModelRow(tx, model).id, ref);
    return row && readVersion(tx, row);
  },

  "versions.resolve"({ tx }: ReadContext, { name, ref, project }: ModelRef & { readonly project: string }): Version {
    const model = findModelRow(tx, getProjectRow(tx, project).id, name);
    if (model === undefined || model.deletedAt !== null) {
      const state = model === undefined ? "" : ": it is deleted";
      throw notFound(`No model is named '${clip(name)}'${state}.`, { name: clip(name) });
    }
    const row = resolveRef(tx, model.id, ref);
    if (row !== undefined) return readVersion(tx, row);
    throw notFound(`Model '${clip(name)}' has no version '${clip(ref)}': no such number, alias or label.`, {
      model: model.id,
      ref: clip(ref),
    });
  },

  /** A page ends early, with a cursor, where its versions hold more text than one answer should. */
  "versions.search"({ tx }: ReadContext, input: VersionSearch): Page<Version> {
    const { lifecycle, filter, order, cursor, models } = input;
    const choice = JSON.stringify([
      input.project,
      lifecycle,
      models === null ? null : [...models].sort((a, b) => a - b),
    ]);
    const scope = searchScope("version", choice, filter, order);
    const ask = (limit: number) => pageRecords(versionRecords(tx, input), { filter, order, limit, cursor, scope });
    const page = ask(input.limit);
    const items: Version[] = [];
    let size = 0;
    for (const [index, { version }] of page.records.entries()) {
      const item = readVersion(tx, version);
      items.push(item);
      size += textSize(item);
      if (size > MAX_PAGE_TEXT && index + 1 < page.records.length) return { items, next: ask(index + 1).next };
    }
    return { items, next: page.next };
  },
};

function textSize({ comment, source, link, tags, metadata }: Version): number {
  const texts = comment.length + (source?.length ?? 0) + (link?.length ?? 0);
  return texts + JSON.stringify(metadata).length + Object.values(tags).reduce((sum, text) => sum + text.length, 0);
}
