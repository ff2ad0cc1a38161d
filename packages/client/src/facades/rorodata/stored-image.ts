import { isTrackerError, type Json, TrackerError } from "@cairn/core";
import { type Attachment, listStored } from "./attachment.ts";
import type { ModelImage } from "./image.ts";
import { makeImage } from "./make-image.ts";
import { collectMetadata, copyValue, ENCODING, type Metadata } from "./metadata.ts";
import type { Place } from "./place.ts";
import type { Saved } from "./save-image.ts";
import { findSerializer } from "./serializers/choose.ts";
import { ATTACHMENTS_FOLDER, MODEL_FOLDER, openModelFiles } from "./stored-files.ts";

export interface StoredImage {
  readonly version: number;
  metadata(): Metadata;
  getAttachments(): Promise<Attachment[]>;
  getModelFiles(): Promise<Attachment[]>;
  getModel(): Promise<unknown>;
}

/** A sealed version, read. Its tags are those of the moment when it was read. */
export function storedImage({ services, serializers, name }: Place, { version, record }: Saved): StoredImage {
  const metadata = Object.entries(collectMetadata(version, record));
  const encoding = version.metadata[ENCODING];
  // Versions from elsewhere keep their files as they like: all of them are the model.
  const isImage = encoding !== undefined;
  let model: Promise<unknown> | undefined;

  const load = async (): Promise<unknown> => {
    const image = `Version ${version.number} of '${name}'`;
    const serializer = findSerializer(serializers, encoding, image);
    try {
      return await serializer.deserialize(await openModelFiles(services, version));
    } catch (cause) {
      if (isTrackerError(cause) && cause.code !== "invalid") throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TrackerError(
        "invalid",
        `${image} cannot be read as '${serializer.name}': ${reason}`,
        { version: version.number },
        { cause },
      );
    }
  };

  return {
    version: version.number,
    metadata: () => Object.fromEntries(metadata.map(([key, value]) => [key, copyValue(value)])),
    getAttachments: async () => (isImage ? listStored(services, version, ATTACHMENTS_FOLDER) : []),
    getModelFiles: () => listStored(services, version, isImage ? MODEL_FOLDER : ""),
    getModel() {
      model ??= load();
      // A reading that failed may go better the next time.
      model.catch(() => {
        model = undefined;
      });
      return model;
    },
  };
}

/** The image of a sealed version. It takes no changes. */
export function openImage(place: Place, saved: Saved): ModelImage {
  const stored = storedImage(place, saved);
  const refuse = (): never => {
    throw new TrackerError(
      "precondition",
      "ModelImage can't be modified once created. Make a new one: newModelImage.",
      {
        model: place.name,
        version: stored.version,
      },
    );
  };
  return makeImage(place, {
    version: () => stored.version,
    metadata: stored.metadata,
    set: (_key: string, _value: Json) => refuse(),
    remove: refuse,
    setMetadata: refuse,
    attach: async () => refuse(),
    getAttachments: stored.getAttachments,
    getModelFiles: stored.getModelFiles,
    getModel: stored.getModel,
    save: async () => refuse(),
  });
}
