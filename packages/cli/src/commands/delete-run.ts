import { TrackerError } from "@cairn/core";
import { ConfigError } from "../config.ts";
import { confirm } from "../confirm.ts";
import { connect } from "../connect.ts";
import { findRun } from "../find-run.ts";
import { cell, print } from "../print.ts";

export async function deleteRun(url: string | undefined, text: string): Promise<void> {
  const services = connect(url);
  const run = await findRun(services, text);
  await services.runs.delete(run.id);
  print(`Deleted '${cell(run.name)}'. Take it back with: cairn runs restore ${run.id}`);
}

export async function restoreRun(url: string | undefined, text: string): Promise<void> {
  const services = connect(url);
  const run = await services.runs.restore((await findRun(services, text)).id);
  print(`Restored '${cell(run.name)}' (${run.id}).`);
}

export async function purgeRun(
  url: string | undefined,
  text: string,
  flags: { readonly yes?: boolean },
): Promise<void> {
  const services = connect(url);
  const run = await findRun(services, text);
  if (run.deletedAt === null) {
    throw new TrackerError(
      "precondition",
      `'${cell(run.name)}' is in use: delete it first, with cairn runs delete ${run.id}`,
    );
  }
  if (!flags.yes) {
    if (!process.stdin.isTTY)
      throw new ConfigError("purge removes a run for good; without a terminal to ask at, say --yes.");
    if (!(await confirm(`Remove '${cell(run.name)}' (${run.id}), its points and its files for good?`)))
      return print("Nothing was removed.");
  }
  await services.runs.purge(run.id);
  print(`Removed '${cell(run.name)}'. Free the bytes of its files with: cairn gc`);
}
