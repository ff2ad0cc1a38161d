import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface CachedFolder {
  /** Folder name below the cache; holds a hash of everything the content depends on. */
  readonly key: string;
  /** What is built, for the progress line. */
  readonly title: string;
  /** Fills the empty folder in place: a Python environment holds its own path and cannot be moved afterwards. */
  readonly build: (folder: string) => Promise<void>;
}

/**
 * Gives a folder outside the clone that was built once for this key, building it first when it is not complete.
 * Complete means that its `.ready` file exists; a folder without one is what a killed build left, and is built anew.
 * Several processes may ask at the same time: one builds, the others wait.
 *
 * @throws whatever `build` throws; nothing is kept then.
 */
export async function cachedFolder({ key, title, build }: CachedFolder): Promise<string> {
  const folder = join(cacheRoot(), key);
  const ready = join(folder, ".ready");
  if (existsSync(ready)) return folder;
  mkdirSync(cacheRoot(), { recursive: true });
  const release = await takeLock(`${folder}.lock`, title);
  try {
    if (existsSync(ready)) return folder;
    const started = Date.now();
    process.stderr.write(`${title}: building once in ${folder} …\n`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await build(folder);
    writeFileSync(ready, "");
    process.stderr.write(`${title}: done (${((Date.now() - started) / 1000).toFixed(0)} s)\n`);
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    release();
  }
}

function cacheRoot(): string {
  const byPlatform =
    process.platform === "win32"
      ? process.env["LOCALAPPDATA"]
      : process.platform === "darwin"
        ? join(homedir(), "Library", "Caches")
        : undefined;
  return join(process.env["XDG_CACHE_HOME"] || byPlatform || join(homedir(), ".cache"), "cairn-tests");
}

async function takeLock(path: string, title: string): Promise<() => void> {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    if (!isOwnerAlive(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) process.stderr.write(`${title}: another process builds it; waiting …\n`);
    await sleep(300);
  }
}

/** True while the process named in the lock lives, and for a lock just created that does not name one yet. */
function isOwnerAlive(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
