import { mkdir, rename, rm, stat, truncate } from "node:fs/promises";
import { join, resolve } from "node:path";
import { conflict, isTrackerError, parseArtifactPath } from "@cairn/core";
import { pause, retryDelay } from "../../transport.ts";
import { appendFlushed, checkRoom, counted, explain, makePlace, readLocalFile } from "./disk.ts";
import { chooser } from "./patterns.ts";
import { planMoves, type Side } from "./plan.ts";
import type { CentreFile, VersionFiles } from "./port.ts";
import type { Transfer, TransferOptions } from "./push.ts";
import { workspaceOf } from "./workspace.ts";

/** Breaks in a row before a pull gives up; what has come is kept for the next one. */
const MAX_TRIES = 5;

/**
 * Fetches files that differ from those in the folder: first all of them into parts, each held against its digest, then
 * all into their places. What breaks off before leaves every file as it was, and the parts for the next time.
 */
export async function pullFiles(
  files: VersionFiles,
  pipe: string,
  to: string,
  options: TransferOptions & { readonly paths?: ReadonlySet<string> } = {},
): Promise<Transfer> {
  const { dryRun = false, onProgress, paths } = options;
  const folder = resolve(to);
  const isChosen = chooser(options);
  const remote = (await files.list()).filter(({ path }) => isChosen(path) && (paths === undefined || paths.has(path)));
  const workspace = workspaceOf(folder);
  const local = await localSides(folder, remote);
  const plan = planMoves(remote, local, await workspace.base(pipe), options.merge);
  const byPath = new Map(remote.map((file) => [file.path, file]));
  const wanted = plan.moves.flatMap(({ path }) => byPath.get(path) ?? []);
  const totalBytes = wanted.reduce((sum, { size }) => sum + size, 0);
  const transfer: Transfer = {
    dryRun,
    moved: plan.moves,
    bytes: totalBytes,
    unchanged: plan.unchanged,
    kept: plan.kept,
  };
  if (dryRun) return transfer;
  await checkRoom(folder, totalBytes);
  let bytes = 0;
  try {
    await mkdir(folder, { recursive: true });
    if (wanted.length > 0) await mkdir(workspace.parts, { recursive: true });
    for (const [index, file] of wanted.entries()) {
      await fetchPart(files, file, join(workspace.parts, file.digest), (now) =>
        onProgress?.({ path: file.path, files: index, totalFiles: wanted.length, bytes: bytes + now, totalBytes }),
      );
      bytes += file.size;
      onProgress?.({ path: file.path, files: index + 1, totalFiles: wanted.length, bytes, totalBytes });
    }
    await settle(folder, workspace.parts, wanted);
  } catch (error) {
    const said = explain(error, `Cannot pull into '${folder}'`);
    // What does not fit is no help for the next time.
    if (isTrackerError(said) && said.code === "storage_full")
      await rm(workspace.parts, { recursive: true, force: true });
    throw said;
  }
  const same = [...plan.unchanged, ...plan.moves.map(({ path }) => path)];
  await workspace.agree(pipe, new Map(same.map((path) => [path, byPath.get(path)?.digest ?? ""])));
  return transfer;
}

async function localSides(folder: string, remote: readonly CentreFile[]): Promise<Side[]> {
  const sides: Side[] = [];
  for (const { path } of remote) {
    const file = join(folder, parseArtifactPath(path));
    const info = await stat(file).catch(() => undefined);
    if (info === undefined) continue;
    if (info.isDirectory())
      throw conflict(`'${file}' is a folder, and a file in the centre. Nothing was moved.`, { path });
    const { size, digest } = await readLocalFile(file);
    sides.push({ path, size, digest });
  }
  return sides;
}

/** Goes on where the part ends, as often as the line breaks. The same bytes under two names are fetched once. */
async function fetchPart(files: VersionFiles, file: CentreFile, part: string, tell: (bytes: number) => void) {
  for (let failures = 0, last = -1; ; ) {
    const start = await sizeOf(part);
    if (start > file.size) await truncate(part, 0);
    else {
      if (start > last) failures = 0;
      last = start;
      try {
        // An empty file has no part yet.
        if (start < file.size || file.size === 0)
          await appendFlushed(part, counted(files.read(file, start), start, tell));
        if ((await readLocalFile(part)).digest === file.digest) return;
        await rm(part, { force: true });
        if (failures++ > 0)
          throw conflict(`'${file.path}' arrived damaged, twice. Nothing was changed; check the centre.`, {
            path: file.path,
          });
        last = -1;
      } catch (error) {
        if (!isBreak(error) || failures >= MAX_TRIES) throw error;
        await pause(retryDelay(failures++, error));
      }
    }
  }
}

/** A stream that breaks ends with an error of the platform's, not with one of ours or of the file system's. */
function isBreak(error: unknown): boolean {
  if (isTrackerError(error)) return error.code === "unavailable";
  return (error as NodeJS.ErrnoException).syscall === undefined;
}

async function settle(folder: string, parts: string, wanted: readonly CentreFile[]): Promise<void> {
  const uses = new Map<string, number>();
  for (const { digest } of wanted) uses.set(digest, (uses.get(digest) ?? 0) + 1);
  // All places are made first, so that one that cannot be leaves every file as it was.
  const places = new Map<string, string>();
  for (const { path } of wanted) places.set(path, await makePlace(folder, parseArtifactPath(path)));
  for (const { path, digest } of wanted) {
    const place = places.get(path) ?? "";
    const part = join(parts, digest);
    const left = (uses.get(digest) ?? 1) - 1;
    uses.set(digest, left);
    if (left === 0) await rename(part, place);
    else {
      const twin = `${part}.${left}`;
      await rm(twin, { force: true });
      await appendFlushed(twin, (await readLocalFile(part)).slice(0, Number.MAX_SAFE_INTEGER));
      await rename(twin, place);
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
