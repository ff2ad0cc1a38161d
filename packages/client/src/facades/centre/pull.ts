import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { conflict, parseArtifactPath } from "@cairn/core";
import { explainFileError } from "../../local-file.ts";
import { checkRoom, readLocalFile, removeStale } from "./disk.ts";
import { partsIn } from "./parts.ts";
import { chooser } from "./patterns.ts";
import { planMoves, type Side } from "./plan.ts";
import type { CentreFile, VersionFiles } from "./port.ts";
import { meterOf, type Transfer, type TransferOptions, transferOf } from "./transfer.ts";
import { workspaceOf } from "./workspace.ts";

/**
 * Fetches files that differ from those in the folder: first all of them into parts, each held against its digest, then
 * all into their places. What breaks off before leaves every file as it was, and the parts for the next time.
 */
export async function pullFiles(
  files: VersionFiles,
  pipe: string,
  to: string,
  options: TransferOptions & { readonly paths?: ReadonlySet<string> } = {},
): Promise<Transfer> {
  const { dryRun = false, onProgress, paths } = options;
  const folder = resolve(to);
  const isChosen = chooser(options);
  const remote = (await files.list()).filter(({ path }) => isChosen(path) && (paths === undefined || paths.has(path)));
  const workspace = workspaceOf(folder);
  const local = await localSides(folder, remote);
  const plan = planMoves(remote, local, await workspace.base(pipe), options.merge);
  const byPath = new Map(remote.map((file) => [file.path, file]));
  const wanted = plan.moves.flatMap(({ path }) => byPath.get(path) ?? []);
  const transfer = transferOf(plan, dryRun);
  if (dryRun) return transfer;
  const parts = partsIn(workspace.parts);
  await checkRoom(folder, await parts.missing(wanted));
  const meter = meterOf(plan.moves, onProgress);
  try {
    for (const file of wanted) {
      await parts.fetch(files, file, (bytes) => meter.tell(file.path, bytes));
      meter.pass(file.path);
    }
    await parts.settle(folder, wanted);
  } catch (error) {
    throw explainFileError(error, `Cannot pull into '${folder}'`);
  }
  await removeStale(workspace.parts);
  const same = [...plan.unchanged, ...plan.moves.map(({ path }) => path)];
  await workspace.agree(pipe, new Map(same.map((path) => [path, byPath.get(path)?.digest ?? ""])));
  return transfer;
}

async function localSides(folder: string, remote: readonly CentreFile[]): Promise<Side[]> {
  const sides: Side[] = [];
  for (const { path } of remote) {
    const file = join(folder, parseArtifactPath(path));
    const info = await stat(file).catch(() => undefined);
    if (info === undefined) continue;
    if (info.isDirectory())
      throw conflict(`'${file}' is a folder, and a file in the centre. Nothing was moved.`, { path });
    const { size, digest } = await readLocalFile(file);
    sides.push({ path, size, digest });
  }
  return sides;
}
