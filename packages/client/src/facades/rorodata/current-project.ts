import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { DEFAULT_PROJECT, invalid, type Services } from "@cairn/core";
import { connect } from "../../node.ts";
import { openProject, type Project, type ProjectOptions } from "./project.ts";
import { readProjectName } from "./read-project-name.ts";

export interface CurrentProjectOptions extends ProjectOptions {
  /** The server that `CAIRN_URL` names, or this machine's, when left out. */
  readonly client?: Services | undefined;
  /** Where `cairn.yml` is looked for: the current folder when left out. */
  readonly folder?: string | undefined;
}

/**
 * The project that `cairn.yml` in the current folder names (`project: NAME`), else the variable `CAIRN_PROJECT`, else
 * `default`. Images saved in it carry the name of the system's user, unless an author is given.
 *
 * @throws invalid when `cairn.yml` cannot be read, or its `project` is no name
 * @example
 * const project = await getCurrentProject();
 * const image = project.getModelRepository("credit-risk").newModelImage(model);
 * await image.save({ comment: "first" });
 */
export async function getCurrentProject(options: CurrentProjectOptions = {}): Promise<Project> {
  const { client = connect(), folder = process.cwd(), author = userName(), ...rest } = options;
  return openProject(client, await currentProjectName(folder), { author, ...rest });
}

async function currentProjectName(folder: string): Promise<string> {
  const text = await readFile(join(folder, "cairn.yml"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return "";
    throw invalid(`Cannot read cairn.yml: ${error.message}`);
  });
  return readProjectName(text) ?? (process.env["CAIRN_PROJECT"]?.trim() || DEFAULT_PROJECT);
}

/** Undefined where the system has no name for the user, as in some containers. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
