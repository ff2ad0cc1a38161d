import { getCurrentProject } from "@cairn/client/rorodata";
import { connect } from "../connect.ts";
import { paint } from "../paint.ts";
import { cell, print, printJson } from "../print.ts";
import { readLimit } from "../read-limit.ts";

interface Flags {
  readonly all?: boolean;
  readonly limit?: string;
  readonly json?: boolean;
}

export async function logModels(url: string | undefined, name: string | undefined, flags: Flags): Promise<void> {
  const limit = readLimit(flags.limit);
  const project = await getCurrentProject({ client: connect(url) });
  // One more than is shown tells whether there are more.
  const found = await project.getModelActivity(name, { limit: limit + 1 });
  const images = found.slice(0, limit);
  if (flags.json) return printJson(images.map((image) => image.getMetadata()));
  if (images.length === 0) {
    const where = name === undefined ? `project '${cell(project.name, 80)}'` : `'${cell(name, 80)}'`;
    return print(`There is no model image in ${where} yet.`);
  }
  for (const image of images) printImage(flags.all ? image.getDetails() : image.getSummary());
  if (found.length > limit) print(paint.dim("There are more: raise --limit."));
}

/** Like an entry of `git log`: the id in yellow, and a blank line at the end. */
export function printImage(text: string): void {
  const [id = "", ...rest] = text.split("\n").map((line) => cell(line, Number.POSITIVE_INFINITY));
  print([paint.yellow(id), ...rest].join("\n"));
}
