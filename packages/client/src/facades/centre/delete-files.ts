import { invalid, notFound, parseArtifactPath } from "@cairn/core";
import { few } from "./plan.ts";
import type { VersionFiles } from "./port.ts";

export interface DeleteFiles {
  /** Paths in the centre, of files or folders; all files when left out or empty. */
  readonly files?: string | readonly string[] | null | undefined;
  /** A library asks nobody: `false` goes ahead, a function is asked, and for named files nothing need be said. */
  readonly confirm?: boolean | ((question: string) => boolean | Promise<boolean>) | undefined;
  /** With no files named: `true` deletes the version itself, `false` leaves it, empty. */
  readonly deleteAll?: boolean | null | undefined;
  /** Named files that are not there are passed over. */
  readonly ignoreErrors?: boolean | undefined;
}

/**
 * Deletes files of a version in the centre. All names are looked up before the first file goes.
 * @returns the paths that went, "version" when it goes as a whole, or undefined when the one who was asked said no
 */
export async function deleteFiles(
  target: VersionFiles,
  options: DeleteFiles,
): Promise<string[] | "version" | undefined> {
  const { ignoreErrors = false, deleteAll = null } = options;
  const named = options.files == null ? [] : typeof options.files === "string" ? [options.files] : options.files;
  const standing = (await target.list()).map(({ path }) => path);
  const { model, version } = target.info;
  if (named.length === 0 && deleteAll === null)
    throw invalid("Say which files, or deleteAll: true for the whole version, or deleteAll: false for its files only.");
  const chosen = named.length === 0 ? standing : lookUp(named, standing, ignoreErrors, `'${model}' ${version}`);
  const what = named.length === 0 ? `all ${standing.length} files` : few(chosen);
  if (!(await isConfirmed(options, named.length > 0, `Delete ${what} of '${model}' ${version} in the centre?`)))
    return undefined;
  if (named.length === 0 && deleteAll === true) return "version";
  for (const path of chosen) await target.remove(path);
  return chosen;
}

function lookUp(named: readonly string[], standing: readonly string[], ignoreErrors: boolean, where: string): string[] {
  const chosen = new Set<string>();
  const missing: string[] = [];
  for (const name of named) {
    const path = parseArtifactPath(name);
    const found = standing.filter((one) => one === path || one.startsWith(`${path}/`));
    for (const one of found) chosen.add(one);
    if (found.length === 0) missing.push(path);
  }
  if (missing.length > 0 && !ignoreErrors)
    throw notFound(`The centre has no ${few(missing)} in ${where}. Nothing was deleted.`, { paths: missing });
  return [...chosen];
}

async function isConfirmed({ confirm }: DeleteFiles, isNamed: boolean, question: string): Promise<boolean> {
  if (typeof confirm === "function") return confirm(question);
  if (confirm === false || (confirm === undefined && isNamed)) return true;
  throw invalid(`${question} Nobody can be asked here: say confirm: false, or give a function that asks.`);
}
