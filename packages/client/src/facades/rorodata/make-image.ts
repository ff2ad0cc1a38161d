import type { Json } from "@cairn/core";
import { withAttributes } from "./attribute-proxy.ts";
import { describeDetails, describeSummary } from "./describe.ts";
import type { ImageHandle, ModelImage } from "./image.ts";
import type { Metadata } from "./metadata.ts";
import type { Place } from "./place.ts";

/** What differs between an image that is new and one that is stored. */
export interface ImageParts
  extends Pick<ImageHandle, "set" | "setMetadata" | "attach" | "getAttachments" | "getModelFiles" | "save"> {
  version(): number | undefined;
  metadata(): Metadata;
  remove(key: string): boolean;
  getModel(): Promise<unknown>;
}

export function makeImage(place: Place, parts: ImageParts): ModelImage {
  const find = (key: string): Json | undefined => {
    const metadata = parts.metadata();
    return Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  };
  const text = (): string => `<ModelImage ${place.project}/${place.name}@${parts.version() ?? "new"}>`;
  const handle = {
    get id() {
      return parts.version() === undefined ? undefined : String(find("Model-ID"));
    },
    get version() {
      return parts.version();
    },
    name: place.name,
    project: place.project,
    get comment() {
      return parts.version() === undefined ? "" : String(find("Comment") ?? "");
    },
    get: (key: string, fallback?: Json) => find(key) ?? fallback,
    set: parts.set,
    has: (key: string) => find(key) !== undefined,
    getMetadata: () => ({ ...parts.metadata() }),
    setMetadata: parts.setMetadata,
    attach: parts.attach,
    getAttachments: parts.getAttachments,
    getModelFiles: parts.getModelFiles,
    getModel: <T>() => parts.getModel() as Promise<T>,
    save: parts.save,
    getSummary: () => describeSummary(parts.metadata()),
    getDetails: () => describeDetails(parts.metadata()),
    toString: text,
    // What console.log shows in Node.
    [Symbol.for("nodejs.util.inspect.custom")]: text,
  } satisfies ImageHandle & Record<symbol, unknown>;
  return withAttributes(handle, {
    get: find,
    set: parts.set,
    has: (key) => find(key) !== undefined,
    delete: parts.remove,
  }) as unknown as ModelImage;
}
