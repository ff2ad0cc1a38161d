import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Source } from "./imports.ts";

export const root = join(import.meta.dirname, "..", "..", "..");

/** Every text file of the project that is or would be committed. */
export function readProject(): Source[] {
  return listFiles()
    .filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    .filter(({ text }) => !text.includes("\0"));
}

function listFiles(): string[] {
  try {
    const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    const listed = execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    if (listed !== "") return [...new Set(listed.split("\0").filter(Boolean))];
  } catch {
    // No git, or an archive without its history.
  }
  return globSync("**/*", { cwd: root, exclude: ["**/node_modules", "cairn-data", ".git"] }).map((path) =>
    path.split(sep).join("/"),
  );
}
