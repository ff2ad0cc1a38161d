import { invalid, notFound, type Version } from "@cairn/core";
import { type ActivityOptions, listActivity } from "./activity.ts";
import type { ModelImage } from "./image.ts";
import type { Metadata } from "./metadata.ts";
import { newImage } from "./new-image.ts";
import type { Place } from "./place.ts";
import { getRecord } from "./record.ts";
import { openImage } from "./stored-image.ts";

/** Names one image of a repository; the latest when neither is given. */
export interface ImageSelector {
  readonly version?: number | undefined;
  /** `latest` is the highest version. */
  readonly tag?: string | undefined;
}

/** All images of one model. Nothing is asked of the server until a method is called. */
export interface ModelRepository {
  readonly name: string;
  readonly project: string;
  /** An image that is stored once it is saved. @param metadata to begin with; copied. */
  newModelImage(model: unknown, metadata?: Metadata): ModelImage;
  /** The same as `newModelImage`. */
  newImage(model: unknown, metadata?: Metadata): ModelImage;
  /** @throws not_found for an unknown repository, version or tag; invalid when both are given. */
  getModelImage(selector?: ImageSelector): Promise<ModelImage>;
  /** The model of an image; of the latest when nothing is said. */
  getModel<T = unknown>(selector?: ImageSelector): Promise<T>;
  /** Versions by tag, `latest` among them once there is an image. */
  getTags(): Promise<Record<string, number>>;
  /**
   * Points the tag at a version, away from where it pointed.
   * @throws invalid for `latest`, which moves by itself, and for digits alone; not_found for an unknown version.
   */
  addTag(tag: string, version: number): Promise<void>;
  /** Its images, newest first. */
  getActivity(options?: ActivityOptions): Promise<ModelImage[]>;
  toString(): string;
}

export function modelRepository(place: Place): ModelRepository {
  const { services, name, project } = place;
  const make = (model: unknown, metadata?: Metadata) => newImage(place, model, metadata);

  const getModelImage = async ({ version, tag }: ImageSelector = {}): Promise<ModelImage> => {
    if (version !== undefined && tag !== undefined)
      throw invalid(`Give a version or a tag, not both (version ${version}, tag '${tag}').`);
    const ref = version === undefined ? checkTag(tag ?? "latest") : checkVersion(version);
    const record = await getRecord(place);
    const found = await services.versions.find(record.id, ref);
    if (found?.state === "sealed") return openImage(place, { version: found, record });
    throw notFound(explainNone(place, ref, found), { project, model: name, ref });
  };

  return Object.freeze({
    name,
    project,
    newModelImage: make,
    newImage: make,
    getModelImage,
    getModel: async <T>(selector?: ImageSelector) => (await getModelImage(selector)).getModel<T>(),
    async getTags() {
      const { aliases, latest } = await getRecord(place);
      return { ...aliases, ...(latest === null ? {} : { latest }) };
    },
    async addTag(tag: string, version: number) {
      checkVersion(version);
      const { id } = await getRecord(place);
      await services.models.setAlias(id, tag, version);
    },
    async getActivity(options?: ActivityOptions) {
      return listActivity(place, await getRecord(place), options);
    },
    toString: () => `<ModelRepository ${project}/${name}>`,
  });
}

function explainNone({ name }: Place, ref: string, found: Version | undefined): string {
  if (found !== undefined)
    return `Version ${found.number} of '${name}' is a draft, which is no image until it is sealed.`;
  if (ref === "latest") return `The model repository '${name}' has no image yet.`;
  return /^\d+$/.test(ref)
    ? `The model repository '${name}' has no version ${ref}.`
    : `The model repository '${name}' has no tag '${ref}'.`;
}

function checkVersion(version: number): string {
  if (Number.isSafeInteger(version) && version > 0) return String(version);
  throw invalid(`A version is a whole number from 1 on, not '${String(version)}'.`);
}

function checkTag(tag: string): string {
  if (typeof tag === "string" && tag !== "" && !/^\d+$/.test(tag)) return tag;
  throw invalid(`A tag is a name, not '${String(tag)}'; a number is a version: { version: ${String(tag) || 1} }.`);
}
