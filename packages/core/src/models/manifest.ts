import type { ArtifactEntry } from "../artifacts/artifact.ts";
import { type ArtifactPath, parseArtifactPath } from "../artifacts/path.ts";
import type { ArtifactStore } from "../artifacts/port.ts";
import type { BlobStore } from "../blobs/port.ts";
import { TrackerError } from "../errors.ts";
import { clip, parseDigest } from "../ids.ts";
import type { Page } from "../page.ts";
import { MAX_VERSION_FILES, type ManifestFile, noFiles } from "./copy-files.ts";

/**
 * Copies the files of a folder into blobs, from a store whose rows do not name them. All are made young again at the end,
 * because copying may take longer than gc leaves a blob without a name.
 *
 * @throws not_found when nothing stands there; unavailable when a blob went while the others were copied.
 */
export async function collectManifest(
  { artifacts, blobs }: { readonly artifacts: ArtifactStore; readonly blobs: BlobStore },
  { tree, folder }: { readonly tree: string; readonly folder: string },
): Promise<ManifestFile[]> {
  const base = folder === "" ? "" : parseArtifactPath(folder);
  const manifest: ManifestFile[] = [];
  const add = async (path: ArtifactPath, own: string): Promise<boolean> => {
    const content = await artifacts.find(tree, path);
    if (content === undefined) return false;
    const { digest, size } = await blobs.write(content.read());
    manifest.push({ path: own, digest, size, contentType: content.contentType, descriptor: null });
    return true;
  };
  const isFile = base !== "" && (await add(base, base.slice(base.lastIndexOf("/") + 1)));
  if (!isFile) {
    for await (const path of walk(artifacts, tree, base)) {
      if (manifest.length > MAX_VERSION_FILES) break;
      await add(path, base === "" ? path : path.slice(base.length + 1));
    }
  }
  if (manifest.length === 0) throw noFiles(tree, folder);
  for (const { digest, path } of manifest) {
    if ((await blobs.touch(parseDigest(digest))) !== undefined) continue;
    throw new TrackerError("unavailable", `The copy of '${clip(path)}' was freed before it had a name; try again.`);
  }
  return manifest;
}

async function* walk(artifacts: ArtifactStore, tree: string, folder: ArtifactPath | ""): AsyncGenerator<ArtifactPath> {
  for (let after: string | null = null, isMore = true; isMore; isMore = after !== null) {
    const page: Page<ArtifactEntry> = await artifacts.list(tree, folder, { after });
    for (const { path, isFolder } of page.items) {
      if (isFolder) yield* walk(artifacts, tree, parseArtifactPath(path));
      else yield parseArtifactPath(path);
    }
    after = page.next;
  }
}
