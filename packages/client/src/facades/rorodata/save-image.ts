import { isTrackerError, type Model, type Services, type Version } from "@cairn/core";
import { type Source, sourceOf, uploadVersionFile } from "../../upload.ts";
import { ENCODING, type Metadata } from "./metadata.ts";
import type { Place } from "./place.ts";
import { getRecord } from "./record.ts";
import { chooseSerializer } from "./serializers/choose.ts";
import { ATTACHMENTS_FOLDER, MODEL_FOLDER } from "./stored-files.ts";

export interface ImageContent {
  readonly model: unknown;
  readonly metadata: Metadata;
  readonly attachments: ReadonlyMap<string, Source>;
  readonly comment?: string | undefined;
  readonly run?: string | undefined;
  /** Drafts of this image that earlier saves could not take away. */
  readonly leftovers: Set<number>;
}

export interface Saved {
  readonly version: Version;
  readonly record: Model;
}

/**
 * All or nothing: the files go into a draft, which no reader of images sees, and sealing it is the one step that makes the
 * image. When something fails before, the draft is taken away: at once, or by the next save where the server was away.
 */
export async function saveImage(place: Place, content: ImageContent): Promise<Saved> {
  const { services } = place;
  const serializer = chooseSerializer(place.serializers, content.model);
  const files = await serializer.serialize(content.model);
  const record = await getRecord(place);
  for (const number of content.leftovers) await dropDraft(place, record.id, number, content.leftovers);
  const draft = await services.versions.create(record.id, {
    metadata: { ...content.metadata, [ENCODING]: serializer.name },
    comment: content.comment,
    run: content.run,
    author: place.author,
  });
  content.leftovers.add(draft.number);
  try {
    for (const { path, content: bytes, contentType } of files)
      await uploadVersionFile(services, draft, `${MODEL_FOLDER}/${path}`, sourceOf(bytes), { contentType });
    for (const [filename, source] of content.attachments)
      await uploadVersionFile(services, draft, `${ATTACHMENTS_FOLDER}/${filename}`, source);
    const version = await seal(services, draft);
    content.leftovers.clear();
    return { version, record: await services.models.get(record.id) };
  } catch (error) {
    await dropDraft(place, record.id, draft.number, content.leftovers).catch(() => {});
    throw error;
  }
}

/** What was sealed after all, by a call whose answer was lost, is an image that others may use, and stays. */
async function dropDraft({ services }: Place, model: number, number: number, leftovers: Set<number>): Promise<void> {
  const found = await services.versions.find(model, String(number));
  if (found?.state === "draft") await services.versions.delete(model, number);
  leftovers.delete(number);
}

/** A lost answer is not a refusal: what is sealed stays. */
async function seal({ versions }: Services, { model, number }: Version): Promise<Version> {
  try {
    return await versions.seal(model, number);
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "unavailable") throw error;
    const version = await versions.get(model, number);
    if (version.state !== "sealed") throw error;
    return version;
  }
}
