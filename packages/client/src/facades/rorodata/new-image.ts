import { isTrackerError, type Json, parseArtifactPath, TrackerError } from "@cairn/core";
import type { Source } from "../../upload.ts";
import { type Attachment, stagedAttachment } from "./attachment.ts";
import { takeContent } from "./content.ts";
import type { ModelImage, SaveOptions } from "./image.ts";
import { makeImage } from "./make-image.ts";
import { checkEntry, copyValue, isAutomatic, type Metadata } from "./metadata.ts";
import type { Place } from "./place.ts";
import { saveImage } from "./save-image.ts";
import { type StoredImage, storedImage } from "./stored-image.ts";

/** An image that is not stored yet. Nothing reaches the server before `save`. */
export function newImage(place: Place, model: unknown, given: Metadata = {}): ModelImage {
  const metadata = new Map<string, Json>();
  const attachments = new Map<string, Source>();
  const leftovers = new Set<number>();
  let state: "open" | "saving" | StoredImage = "open";

  const checkOpen = (): void => {
    if (state === "open") return;
    throw new TrackerError(
      "precondition",
      "ModelImage can't be modified once created. Make a new one: newModelImage.",
      {
        model: place.name,
        ...(state === "saving" ? {} : { version: state.version }),
      },
    );
  };
  const saved = (): StoredImage | undefined => (typeof state === "string" ? undefined : state);
  const set = (key: string, value: Json): void => {
    checkOpen();
    metadata.set(key, checkEntry(key, value));
  };
  const setMetadata = (next: Metadata): void => {
    checkOpen();
    const entries = Object.entries(next).filter(([key]) => !isAutomatic(key));
    const checked = entries.map(([key, value]) => [key, checkEntry(key, value)] as const);
    metadata.clear();
    for (const [key, value] of checked) metadata.set(key, value);
  };
  const own = (): Metadata => Object.fromEntries([...metadata].map(([key, value]) => [key, copyValue(value)]));

  setMetadata(given);
  return makeImage(place, {
    version: () => saved()?.version,
    metadata: () => saved()?.metadata() ?? own(),
    set,
    remove: (key) => {
      checkOpen();
      return metadata.delete(key);
    },
    setMetadata,
    async attach(filename, content) {
      checkOpen();
      const path = parseArtifactPath(filename);
      const source = await takeContent(content, `The attachment '${filename}'`);
      checkOpen();
      attachments.set(path, source);
    },
    getAttachments: async (): Promise<Attachment[]> =>
      saved()?.getAttachments() ??
      Promise.all([...attachments].map(([filename, source]) => stagedAttachment(filename, source))),
    getModelFiles: async () => saved()?.getModelFiles() ?? [],
    getModel: async () => model,
    async save(options: string | SaveOptions = {}) {
      checkOpen();
      state = "saving";
      try {
        const asked = typeof options === "string" ? { comment: options } : options;
        state = storedImage(
          place,
          await saveImage(place, { ...asked, model, metadata: own(), attachments, leftovers }),
        );
      } catch (error) {
        state = "open";
        throw isTrackerError(error) ? error : unsaved(place, error);
      }
    },
  });
}

function unsaved({ name }: Place, cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  return new Error(`The image of '${name}' was not saved: ${cause.message}`, { cause });
}
