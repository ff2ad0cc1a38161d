import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { link, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { explainFileError } from "@cairn/client/node";
import { conflict } from "@cairn/core";

/**
 * Writes a file that is there whole or not at all: into another one beside it, flushed, then named.
 * @throws conflict when something has the name already and `replace` is not set; storage_full, forbidden or not_found when the system refuses.
 */
export async function writeNewFile(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  { replace }: { readonly replace: boolean },
): Promise<void> {
  const part = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString("hex")}.part`);
  const leave = (signal: NodeJS.Signals): void => {
    rmSync(part, { force: true });
    process.kill(process.pid, signal);
  };
  process.once("SIGINT", leave).once("SIGTERM", leave);
  try {
    await fill(part, bytes);
    if (replace) await rename(part, path);
    else await nameNew(part, path);
  } catch (error) {
    throw explainFileError(error, `Cannot write '${path}'`);
  } finally {
    process.off("SIGINT", leave).off("SIGTERM", leave);
    await rm(part, { force: true });
  }
}

/** @throws conflict */
export function refuseExisting(path: string): Error {
  return conflict(`'${path}' is there already: name another file with -o, or replace it with --force.`, { file: path });
}

async function fill(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const piece of bytes) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A second name is refused where one is: unlike renaming, that never replaces a file. */
async function nameNew(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw refuseExisting(path);
    // File systems without hard links.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
    await rename(part, path);
  }
}
