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

export interface ServerFile {
  readonly url: string;
  /** Of the server itself: a launcher, where there is one, is another process. */
  readonly pid: number;
  /** False when the process that wrote it is gone from this machine: a killed server leaves its file behind. */
  readonly isAlive: boolean;
}

/** Where the folder's server listens; undefined when no server said so. */
export async function readServerFile(dataDir: string): Promise<ServerFile | undefined> {
  try {
    const { url, pid } = JSON.parse(await readFile(fileOf(dataDir), "utf8")) as { url?: unknown; pid?: unknown };
    return typeof url === "string" ? { url, pid: Number(pid), isAlive: isAlive(Number(pid)) } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
