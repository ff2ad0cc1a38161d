import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cachedFolder } from "../../scripts/cached-folder.ts";

const here = import.meta.dirname;

/**
 * Gives a folder a link `node_modules` to the packages of this example's lock file (TensorFlow.js), fetched once into the
 * cache outside the clone.
 */
export async function linkModules(into: string): Promise<void> {
  const hash = createHash("sha256")
    .update(readFileSync(join(here, "package-lock.json")))
    .digest("hex");
  const folder = await cachedFolder({
    key: `tfjs-${hash.slice(0, 16)}`,
    title: "TensorFlow.js",
    build: async (target) => {
      for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(here, name), join(target, name));
      const { status, stdout, stderr } = spawnSync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], {
        cwd: target,
        encoding: "utf8",
        shell: process.platform === "win32",
      });
      if (status !== 0) throw new Error(`npm ci ended with ${status}:\n${stdout}${stderr}`);
    },
  });
  const link = join(into, "node_modules");
  if (existsSync(join(link, "@tensorflow", "tfjs"))) return;
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true });
  symlinkSync(join(folder, "node_modules"), link, "junction");
}
