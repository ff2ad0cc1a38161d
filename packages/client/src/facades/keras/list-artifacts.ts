import type { ArtifactEntry } from "@cairn/core";
import { type Artifact, createArtifact } from "./artifact.ts";
import { type KerasContext, mapSome } from "./context.ts";
import { MODEL_PATHS } from "./model-files.ts";

/** Every file of the run but those of the saved model, in the order of their paths; the newest revision of each. */
export async function listArtifacts(context: KerasContext, run: string): Promise<Artifact[]> {
  const paths = (await listFiles(context, run, "")).map(({ path }) => path);
  const own = paths.filter((path) => !MODEL_PATHS.includes(path)).sort((a, b) => (a < b ? -1 : 1));
  const found = await mapSome(own, async (path) => {
    const revisions = await context.client.artifacts.revisions(run, path);
    const newest = revisions.toSorted((a, b) => b.revision - a.revision)[0];
    return newest === undefined ? undefined : createArtifact(context, run, newest);
  });
  return found.filter((artifact) => artifact !== undefined);
}

async function listFiles(context: KerasContext, run: string, folder: string): Promise<ArtifactEntry[]> {
  const files: ArtifactEntry[] = [];
  const folders: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await context.client.artifacts.list(run, folder, cursor === undefined ? {} : { cursor });
    for (const entry of page.items) {
      if (entry.isFolder) folders.push(entry.path);
      else files.push(entry);
    }
    if (page.next === null) break;
    cursor = page.next;
  }
  for (const inner of folders) files.push(...(await listFiles(context, run, inner)));
  return files;
}
