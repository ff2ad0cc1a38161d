import { type Note, pathWithoutName, type Run } from "@cairn/core";
import { sourceOf, uploadFile } from "../../upload.ts";
import { type Artifact, createArtifact } from "./artifact.ts";
import { contentOf, type Plot } from "./content.ts";
import type { KerasContext } from "./context.ts";
import { listArtifacts } from "./list-artifacts.ts";
import { modelHandler } from "./model-files.ts";
import { formatNotes } from "./notes.ts";
import { PATH_TAG, readTrainingFields, type TrainingFields } from "./record-fields.ts";
import { type Tag, type Tags, titlesOf } from "./tag.ts";

/** The record of one model: a run. Its fields are as they were when it was read or last changed; `refresh` reads again. */
export interface KModel extends TrainingFields {
  readonly id: string;
  readonly name: string;
  /** Where the trained model lies among the record's files; null until it was saved. */
  readonly path: string | null;
  readonly timestamp: Date;
  /** A line each: `YYYY-MM-DD HH:MM:SS  text`, UTC. */
  readonly notes: string;
  readonly starred: boolean;
  /** As the origin spells it. */
  readonly stared: boolean;
  readonly tags: readonly Tag[];
  /** All that Cairn knows of it, in Cairn's own words. */
  readonly run: Run;
  addNote(note: string): Promise<KModel>;
  /** Texts or tags; one that it has is no error. */
  addTags(tags: Tags): Promise<KModel>;
  /** Takes tags off this model; the tags themselves stay. One that it does not have is no error. */
  removeTags(tags: Tags): Promise<KModel>;
  star(isStarred?: boolean): Promise<KModel>;
  /**
   * Keeps a value, or with `plot` the picture of a chart.
   * @param options.descriptor what it is, free text that need not be unique; `unspecified` by default
   * @throws invalid for what cannot be kept, such as a function; nothing is stored then
   */
  addArtifact(value: unknown, options?: { readonly descriptor?: string; readonly plot?: Plot }): Promise<Artifact>;
  artifacts(where?: { readonly descriptor?: string }): Promise<readonly Artifact[]>;
  /** The trained model: `await kmodel.loadModel(tf)`. @throws not_found until it was saved. */
  loadModel<M>(tf: { loadLayersModel(source: never): Promise<M> }): Promise<M>;
  refresh(): Promise<KModel>;
  /** Hides it, as everywhere in Cairn: it can be restored. */
  delete(): Promise<void>;
}

export async function findKModel(context: KerasContext, id: string): Promise<KModel> {
  return createKModel(context, await context.client.runs.get(id));
}

/** A record around a run that was just read. */
export async function createKModel(context: KerasContext, run: Run): Promise<KModel> {
  const { client } = context;
  const { id } = run;
  let current = run;
  let notes: readonly Note[] = await client.runs.listNotes(id);
  const model: KModel = {
    id,
    get name() {
      return current.name;
    },
    get path() {
      return current.tags[PATH_TAG] ?? null;
    },
    timestamp: new Date(run.createdAt),
    get notes() {
      return formatNotes(notes);
    },
    get starred() {
      return current.starred;
    },
    get stared() {
      return current.starred;
    },
    get tags() {
      return current.labels.map((title) => ({ title }));
    },
    get epochsTrained() {
      return readTrainingFields(current).epochsTrained;
    },
    get loss() {
      return readTrainingFields(current).loss;
    },
    get valLoss() {
      return readTrainingFields(current).valLoss;
    },
    get run() {
      return current;
    },
    async addNote(note) {
      await client.runs.addNote(id, note);
      return model.refresh();
    },
    async addTags(tags) {
      current = await client.runs.update(id, { addLabels: titlesOf(tags) });
      return model;
    },
    async removeTags(tags) {
      current = await client.runs.update(id, { removeLabels: titlesOf(tags) });
      return model;
    },
    async star(isStarred = true) {
      current = await client.runs.update(id, { starred: isStarred });
      return model;
    },
    async addArtifact(value, { descriptor = "unspecified", plot = false } = {}) {
      const { bytes, contentType } = await contentOf(value, plot);
      const path = pathWithoutName(crypto.randomUUID().replaceAll("-", ""), contentType);
      const stored = await uploadFile(client, id, path, sourceOf(bytes), { contentType, descriptor });
      return createArtifact(context, id, stored);
    },
    async artifacts({ descriptor } = {}) {
      const all = await listArtifacts(context, id);
      return descriptor === undefined ? all : all.filter((artifact) => artifact.descriptor === descriptor);
    },
    loadModel: (tf) => tf.loadLayersModel(modelHandler(context, id) as never),
    async refresh() {
      [current, notes] = await Promise.all([client.runs.get(id), client.runs.listNotes(id)]);
      return model;
    },
    delete: () => client.runs.delete(id),
  };
  kmodels.add(Object.freeze(model));
  return model;
}

const kmodels = new WeakSet<object>();

export function isKModel(value: unknown): value is KModel {
  return typeof value === "object" && value !== null && kmodels.has(value);
}
