import { parseArtifactPath } from "../artifacts/path.ts";
import type { ArtifactStore } from "../artifacts/port.ts";
import { checkpointTree, runTree } from "../artifacts/tree.ts";
import type { BlobStore } from "../blobs/port.ts";
import { checkPolicy } from "../experiments/service.ts";
import { parseCheckpointId, parseRunId } from "../ids.ts";
import { checkItems, checkText } from "../limits.ts";
import { DEFAULT_PROJECT } from "../projects/project.ts";
import { checkTags } from "../runs/check.ts";
import { readSearch } from "../search/input.ts";
import type { Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import {
  checkKey,
  checkMaybeWord,
  checkMetadata,
  checkModelId,
  checkUri,
  checkVersionState,
  checkWord,
} from "./check.ts";
import { collectManifest } from "./manifest.ts";
import { checkLabel } from "./names.ts";
import { parseModelRef } from "./ref.ts";
import type { CopyVersion, CreateVersion, UpdateVersion, VersionOrigin } from "./version.ts";

/** Versions, without their files. */
export function versionService(
  {
    records,
    artifacts,
    blobs,
  }: { readonly records: RecordStore; readonly artifacts: ArtifactStore; readonly blobs: BlobStore },
  stamp: () => Stamp,
): Services["versions"] {
  /** The tree and folder that an origin names. @throws not_found for an unknown one. */
  const placeOf = async ({ run, checkpoint, folder = "" }: VersionOrigin) => {
    if (checkpoint !== undefined) await records.read("checkpoints.info", { id: parseCheckpointId(checkpoint) });
    else await records.read("runs.info", { id: parseRunId(run ?? "") });
    const tree =
      checkpoint !== undefined ? checkpointTree(parseCheckpointId(checkpoint)) : runTree(parseRunId(run ?? ""));
    return { tree, folder: folder === "" ? ("" as const) : parseArtifactPath(folder) };
  };

  /** Whether rows name what stands there: a store may keep some trees as rows over blobs, and others as plain files. */
  const isNamed = async ({ tree, folder }: Awaited<ReturnType<typeof placeOf>>) => {
    if (!artifacts.capabilities.revisions) return false;
    if ((await records.read("artifacts.list", { tree, folder, limit: 1 })).items.length > 0) return true;
    return folder !== "" && (await records.read("artifacts.find", { tree, path: folder })) !== undefined;
  };

  /** Files that rows name are copied as rows, in the step that makes the version; others as bytes, before it. */
  const filesFrom = async (from: VersionOrigin | undefined) => {
    if (from === undefined) return { from: null, manifest: null };
    const place = await placeOf(from);
    if (await isNamed(place)) return { from: place, manifest: null };
    return { from: null, manifest: await collectManifest({ artifacts, blobs }, place) };
  };

  return {
    create: async (model, input = {}) => {
      const { from, ...given } = input;
      const checked = checkCreate(given);
      const id = checkModelId(model);
      const files = await filesFrom(from);
      const now = stamp();
      return records.write(
        "versions.create",
        {
          model: id,
          label: checked.label ?? null,
          onConflict: checked.onConflict,
          state: checked.state ?? "draft",
          stage: checked.stage ?? "",
          metadata: checked.metadata ?? {},
          comment: checked.comment ?? "",
          author: checked.author ?? now.author,
          run: checked.run ?? from?.run ?? null,
          source: checked.source ?? null,
          link: checked.link ?? null,
          checkpoint: checked.checkpoint ?? from?.checkpoint ?? null,
          tags: checked.tags ?? {},
          ...files,
        },
        now,
      );
    },
    copy: async (model, number, { to, ...given }: CopyVersion) =>
      records.write(
        "versions.copy",
        { origin: checkKey(model, number), to: checkModelId(to), ...checkCreate(given) },
        stamp(),
      ),
    get: async (model, number) => records.read("versions.get", checkKey(model, number)),
    list: async (keys) => {
      checkItems("versions", keys.length);
      return records.read("versions.list", { keys: keys.map((key) => checkKey(key.model, key.number)) });
    },
    find: async (model, ref) => records.read("versions.find", { model: checkModelId(model), ref }),
    resolve: async (ref, project) =>
      records.read("versions.resolve", { ...parseModelRef(ref), project: project ?? DEFAULT_PROJECT }),
    search: async (input = {}) =>
      records.read("versions.search", {
        ...readSearch("version", input),
        project: input.project ?? DEFAULT_PROJECT,
        models: input.models?.map(checkModelId) ?? null,
      }),
    update: async (model, number, input) =>
      records.write("versions.update", { ...checkKey(model, number), ...checkUpdate(input) }, stamp()),
    seal: async (model, number) => records.write("versions.seal", checkKey(model, number), stamp()),
    delete: async (model, number) => records.write("versions.delete", checkKey(model, number), stamp()),
  };
}

function checkCreate(input: Omit<CreateVersion, "from">) {
  return {
    label: input.label === undefined ? undefined : checkLabel(input.label),
    onConflict: checkPolicy(input.onConflict ?? "error"),
    state: input.state === undefined ? undefined : checkVersionState(input.state),
    stage: input.stage === undefined ? undefined : checkWord("A stage", input.stage),
    metadata: input.metadata === undefined ? undefined : checkMetadata(input.metadata),
    comment: input.comment === undefined ? undefined : checkText("A comment", input.comment),
    author: input.author === undefined ? undefined : checkWord("An author", input.author),
    run: checkMaybeWord("The id of a source run", input.run),
    source: checkUri("A source", input.source),
    link: checkUri("A link", input.link),
    checkpoint: checkMaybeWord("The id of a checkpoint", input.checkpoint),
    tags: input.tags === undefined ? undefined : checkTags(input.tags),
  };
}

function checkUpdate(input: UpdateVersion): UpdateVersion & { readonly strict: boolean } {
  return {
    label: input.label == null ? input.label : checkLabel(input.label),
    metadata: input.metadata === undefined ? undefined : checkMetadata(input.metadata),
    comment: input.comment === undefined ? undefined : checkText("A comment", input.comment),
    stage: input.stage === undefined ? undefined : checkWord("A stage", input.stage),
    moveOthersTo: input.moveOthersTo === undefined ? undefined : checkWord("A stage", input.moveOthersTo),
    tags: input.tags === undefined ? undefined : checkTags(input.tags),
    strict: input.strict ?? false,
  };
}
