import { isTrackerError, type Model, type Services, type Version } from "@cairn/core";
import { type Source, sourceOf } from "../../upload.ts";
import { ENCODING, type Metadata } from "./metadata.ts";
import type { Place } from "./place.ts";
import { putFile } from "./put-file.ts";
import { getRecord } from "./record.ts";
import { chooseSerializer } from "./serializers/choose.ts";
import { ATTACHMENTS_FOLDER, MODEL_FOLDER } from "./stored-files.ts";

export interface ImageContent {
  readonly model: unknown;
  readonly metadata: Metadata;
  readonly attachments: ReadonlyMap<string, Source>;
  readonly comment?: string | undefined;
  readonly run?: string | undefined;
}

export interface Saved {
  readonly version: Version;
  readonly record: Model;
}

/**
 * All or nothing: the files go into a draft, which no reader of images sees, and sealing it is the one step that makes the
 * image. When something fails before, the draft is taken away.
 */
export async function saveImage(place: Place, content: ImageContent): Promise<Saved> {
  const { services } = place;
  const serializer = chooseSerializer(place.serializers, content.model);
  const files = await serializer.serialize(content.model);
  const record = await getRecord(place);
  const draft = await services.versions.create(record.id, {
    metadata: { ...content.metadata, [ENCODING]: serializer.name },
    comment: content.comment,
    run: content.run,
    author: place.author,
  });
  try {
    for (const { path, content: bytes, contentType } of files)
      await putFile(services, draft, `${MODEL_FOLDER}/${path}`, sourceOf(bytes), { contentType });
    for (const [filename, source] of content.attachments)
      await putFile(services, draft, `${ATTACHMENTS_FOLDER}/${filename}`, source, {});
    const version = await seal(services, draft);
    return { version, record: await services.models.get(record.id) };
  } catch (error) {
    await services.versions.delete(record.id, draft.number).catch(() => {});
    throw error;
  }
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
