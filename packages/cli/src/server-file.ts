import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const fileOf = (dataDir: string) => join(dataDir, "server.json");

/** Says in the folder where its server listens, so that `check` and `gc` find it. */
export async function writeServerFile(dataDir: string, url: string): Promise<void> {
  await writeFile(fileOf(dataDir), `${JSON.stringify({ url, pid: process.pid })}\n`);
}

export async function removeServerFile(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}

/** Where the folder's server listens; undefined when no server said so. The file of a killed server may be stale. */
export async function readServerFile(dataDir: string): Promise<string | undefined> {
  try {
    const { url } = JSON.parse(await readFile(fileOf(dataDir), "utf8")) as { url?: unknown };
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}
