import { clip } from "@cairn/core";
import { readArtifactPath } from "../artifact-path.ts";
import { queryOf } from "../artifacts.ts";
import { sendFile } from "../download.ts";
import { invalidValue } from "../errors.ts";
import { parseVersionFilter } from "../filter/registry-filter.ts";
import { parseVersionOrder } from "../filter/registry-order.ts";
import * as messages from "../proto/registry-messages.ts";
import { type Call, type Route, route } from "../route.ts";
import { createVersion } from "./create-version.ts";
import { encodeVersion } from "./encode.ts";
import { getVersion, hasVersion } from "./find.ts";
import { checkModelName, checkRegistryTag, parseVersion } from "./names.ts";
import { checkVersionResults } from "./paging.ts";
import { downloadUri } from "./sources.ts";
import { ARCHIVED, checkArchiving, decodeStage, parseStage } from "./stages.ts";

/** `sourcePattern`: what the source of a new version must match; null = any. */
export function versionRoutes(sourcePattern: RegExp | null): readonly Route[] {
  return [
    route("POST", "/model-versions/create", messages.createVersion, async (call, message) => {
      if (sourcePattern?.test(message.source) === false) {
        throw invalidValue(`Invalid model version source: '${clip(message.source, 500)}'.`);
      }
      return { model_version: encodeVersion(await createVersion(call, message)) };
    }),
    ...routes,
  ];
}

/** Versions of registered models, without their making. */
const routes: readonly Route[] = [
  route("GET", "/model-versions/get", messages.namedVersion, async ({ services }, { name, version }) => {
    return { model_version: encodeVersion(await getVersion(services, name, version)) };
  }),

  route("PATCH", "/model-versions/update", messages.updateVersion, async ({ services }, message) => {
    const { name, version, description = "" } = message;
    const { model, number } = await getVersion(services, name, version);
    const update = () => services.versions.update(model, number, { comment: description });
    return { model_version: encodeVersion(await hasVersion(name, version, update)) };
  }),

  route("POST", "/model-versions/transition-stage", messages.transitionStage, async ({ services }, message) => {
    const { name, version, archive_existing_versions: archives } = message;
    const stage = parseStage(message.stage);
    if (archives === true) checkArchiving(stage, message.stage);
    const { model, number } = await getVersion(services, name, version);
    const move = () =>
      services.versions.update(model, number, {
        stage: decodeStage(stage),
        moveOthersTo: archives === true ? ARCHIVED : undefined,
      });
    return { model_version: encodeVersion(await hasVersion(name, version, move)) };
  }),

  route("DELETE", "/model-versions/delete", messages.namedVersion, async ({ services }, { name, version }) => {
    const { model, number } = await getVersion(services, name, version);
    await hasVersion(name, version, () => services.versions.delete(model, number));
    return undefined;
  }),

  route("GET", "/model-versions/search", messages.searchVersions, async ({ services }, message) => {
    const page = await services.versions.search({
      filter: parseVersionFilter(message.filter ?? ""),
      order: parseVersionOrder(message.order_by),
      limit: checkVersionResults(message.max_results),
      cursor: message.page_token || undefined,
    });
    return {
      ...(page.items.length === 0 ? {} : { model_versions: page.items.map(encodeVersion) }),
      ...(page.next === null ? {} : { next_page_token: page.next }),
    };
  }),

  route("GET", "/model-versions/get-download-uri", messages.namedVersion, async ({ services }, { name, version }) => {
    return { artifact_uri: downloadUri(await getVersion(services, name, version)) };
  }),

  route("POST", "/model-versions/set-tag", messages.setVersionTag, async ({ services }, message) => {
    const { name, version } = message;
    checkModelName(name);
    parseVersion(version);
    const [key, value] = checkRegistryTag(message.key, message.value);
    const { model, number } = await getVersion(services, name, version);
    await hasVersion(name, version, () => services.versions.update(model, number, { tags: { [key]: value } }));
    return undefined;
  }),

  route("DELETE", "/model-versions/delete-tag", messages.deleteVersionTag, async ({ services }, message) => {
    const { name, version, key } = message;
    checkModelName(name);
    parseVersion(version);
    checkRegistryTag(key);
    const { model, number } = await getVersion(services, name, version);
    await hasVersion(name, version, () => services.versions.update(model, number, { tags: { [key]: null } }));
    return undefined;
  }),
];

/** `GET /model-versions/get-artifact?name=…&version=…&path=…`: a file of the version itself, wherever it came from. */
export async function getVersionArtifact(call: Call): Promise<unknown> {
  const { name = "", version = "", path = "" } = queryOf(call.request);
  const target = readArtifactPath(path);
  const found = await getVersion(call.services, name, version);
  return sendFile(call, await call.services.versionFiles.find(found.model, found.number, target), target);
}
