import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, lstat, mkdir, open, readdir, rm, rmdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ArtifactPath, conflict, invalid, TrackerError } from "@cairn/core";
import { explainFileError, storageFull } from "../../local-file.ts";

const READ_BYTES = 1024 * 1024;

/** A file of this machine with what its bytes are, all found in one reading. */
export interface LocalFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly md5: string;
  slice(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** @throws not_found when nothing is there; invalid when it is no file. */
export async function readLocalFile(path: string): Promise<LocalFile> {
  const info = await stat(path).catch((error: unknown) => {
    throw explainFileError(error, `Cannot read '${path}'`);
  });
  if (info.isDirectory()) throw invalid(`'${path}' is not a file. Import a folder with importDir.`, { file: path });
  if (!info.isFile()) throw invalid(`'${path}' is neither a file nor a folder.`, { file: path });
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  let size = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES })) {
      sha256.update(piece as Uint8Array);
      md5.update(piece as Uint8Array);
      size += (piece as Uint8Array).length;
    }
  } catch (error) {
    throw explainFileError(error, `Cannot read '${path}'`);
  }
  return { path, size, digest: sha256.digest("hex"), md5: md5.digest("hex"), slice: slicesOf(path) };
}

export function slicesOf(path: string): (start: number, end: number) => AsyncIterable<Uint8Array> {
  return (start, end) =>
    end <= start ? nothing() : createReadStream(path, { start, end: end - 1, highWaterMark: READ_BYTES });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/**
 * Passes bytes on, but for the last piece only when the whole has the digest: whoever takes them takes them whole or not.
 * @throws conflict
 */
export async function* verified(bytes: AsyncIterable<Uint8Array>, path: string, digest: string) {
  const hash = createHash("sha256");
  let last: Uint8Array | undefined;
  for await (const piece of bytes) {
    hash.update(piece);
    if (last !== undefined) yield last;
    last = piece;
  }
  if (hash.digest("hex") !== digest) {
    throw conflict(`'${path}' changed while it was read, so it was not stored. Try again when nobody writes it.`, {
      path,
    });
  }
  if (last !== undefined) yield last;
}

/** Passes bytes on and tells after each piece how far it is; `start` is where they begin. */
export async function* counted(bytes: AsyncIterable<Uint8Array>, start: number, tell: (bytes: number) => void) {
  let at = start;
  for await (const piece of bytes) {
    yield piece;
    at += piece.length;
    tell(at);
  }
}

/** Appends bytes to a file and flushes it to disk. */
export async function appendFlushed(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "a");
    for await (const piece of bytes) await handle.appendFile(piece);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

/**
 * The place of a path below a folder, with its parents made. No parent may be a link: it could lead out of the folder.
 * @throws forbidden for such a link; conflict where a file stands in place of a folder, or a folder in place of the file.
 */
export async function makePlace(root: string, path: ArtifactPath): Promise<string> {
  await mkdir(root, { recursive: true });
  let place = root;
  const names = path.split("/");
  for (const [index, name] of names.entries()) {
    place = join(place, name);
    const info = await lstat(place).catch(() => undefined);
    const isLast = index === names.length - 1;
    if (isLast && info?.isDirectory()) throw conflict(`'${path}' is a folder in '${root}', so no file can be there.`);
    if (isLast) break;
    if (info === undefined) await mkdir(place);
    else if (info.isSymbolicLink()) {
      throw new TrackerError("forbidden", `'${place}' is a link and could lead out of '${root}'; nothing is written.`);
    } else if (!info.isDirectory()) {
      throw conflict(`'${place}' is a file, so '${path}' cannot lie below it. Choose another path.`, { path });
    }
  }
  return place;
}

/** Folders are there because files are: those that a removal left empty go, up to the root. */
export async function removeEmptyParents(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    try {
      await rmdir(join(root, folder));
    } catch {
      return;
    }
  }
}

/** @throws storage_full when the disk of the folder plainly lacks the room. A folder that is not there yet counts by its parent. */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  for (let place = folder; ; place = dirname(place)) {
    const info = await statfs(place).catch(() => undefined);
    if (info === undefined && place !== dirname(place)) continue;
    // A file system without blocks does not say how much it has.
    if (info === undefined || info.blocks === 0 || bytes <= info.bavail * info.bsize) return;
    throw storageFull(`The disk of '${folder}' has ${info.bavail * info.bsize} bytes left, and ${bytes} are needed`);
  }
}

/** Nobody comes back for what a process that died left half-written so long ago. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** Takes away files directly below a folder that nobody has touched for a day, and the folder once it is empty. */
export async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const info = await stat(join(folder, name)).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > STALE_MS) await rm(join(folder, name), { force: true });
  }
  await rmdir(folder).catch(() => {});
}
