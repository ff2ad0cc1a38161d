import type { Model, Version } from "@cairn/core";
import type { ModelImage } from "./image.ts";
import type { Place, Realm } from "./place.ts";
import { openImage } from "./stored-image.ts";

export interface ActivityOptions {
  /** At most so many images; all when left out. */
  readonly limit?: number | undefined;
}

const PAGE = 1000;

/** The images of a project, or of one of its repositories, newest first. */
export async function listActivity(
  realm: Realm,
  record?: Model,
  { limit = Number.POSITIVE_INFINITY }: ActivityOptions = {},
): Promise<ModelImage[]> {
  const { services, project } = realm;
  const records = new Map<number, Model>(record === undefined ? [] : [[record.id, record]]);
  const images: ModelImage[] = [];
  for (let cursor: string | undefined, isMore = limit > 0; isMore; ) {
    const page = await services.versions.search({
      project,
      models: record === undefined ? undefined : [record.id],
      filter: "state = 'sealed'",
      order: "sealed desc, number desc",
      limit: Math.min(PAGE, limit - images.length),
      cursor,
    });
    for (const version of page.items) images.push(await open(realm, version, records));
    cursor = page.next ?? undefined;
    isMore = cursor !== undefined && images.length < limit;
  }
  return images;
}

async function open(realm: Realm, version: Version, records: Map<number, Model>): Promise<ModelImage> {
  const record = records.get(version.model) ?? (await realm.services.models.get(version.model));
  records.set(version.model, record);
  const place: Place = { ...realm, name: record.name };
  return openImage(place, { version, record });
}
