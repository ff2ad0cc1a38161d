import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { parseArtifactPath } from "@cairn/core";
import { explainFileError } from "../../local-file.ts";
import { counted, type LocalFile, readLocalFile } from "./disk.ts";
import { type Choice, chooser } from "./patterns.ts";
import { planMoves } from "./plan.ts";
import type { NewFile, VersionFiles } from "./port.ts";
import { meterOf, type Transfer, type TransferOptions, transferOf } from "./transfer.ts";
import { type Found, walkFolder } from "./walk.ts";
import { workspaceOf } from "./workspace.ts";

export interface PushOptions extends TransferOptions {
  /** The folder in the version that takes the files; its top when left out. */
  readonly subdir?: string | null | undefined;
}

/** What a push asks of the centre: the version's files, undefined while there is no such version. */
export interface PushTarget {
  /** Names the version in the workspace's memory. */
  readonly pipe: string;
  find(): Promise<VersionFiles | undefined>;
  /** Makes what is missing. Asked once it is clear that the push goes ahead. */
  open(): Promise<VersionFiles>;
}

/** Sends a folder's files, or one file, that differ from those in the centre. See `Pipe.push`. */
export async function pushFiles(target: PushTarget, from: string, options: PushOptions = {}): Promise<Transfer> {
  const { subdir, dryRun = false, onProgress } = options;
  const { folder, found } = await collect(resolve(from), options);
  const prefix = subdir == null || subdir === "" ? "" : `${parseArtifactPath(subdir)}/`;
  const local = new Map<string, LocalFile>();
  for (const { path, file } of found) local.set(parseArtifactPath(`${prefix}${path}`), await readLocalFile(file));
  const known = await target.find();
  const workspace = workspaceOf(folder);
  const sides = [...local].map(([path, { size, digest }]) => ({ path, size, digest }));
  const plan = planMoves(sides, (await known?.list()) ?? [], await workspace.base(target.pipe), options.merge);
  const transfer = transferOf(plan, dryRun);
  if (dryRun) return transfer;
  const files = await target.open();
  await files.checkRoom(transfer.bytes);
  const agreed = new Map<string, string>();
  for (const path of plan.unchanged) agreed.set(path, local.get(path)?.digest ?? "");
  const meter = meterOf(plan.moves, onProgress);
  try {
    for (const { path } of plan.moves) {
      const file = local.get(path);
      if (file === undefined) continue;
      const slice: NewFile["slice"] = (start, end) =>
        counted(file.slice(start, end), start, (bytes) => meter.tell(path, bytes));
      try {
        await files.write({ ...file, path, slice }, workspace.uploads);
      } catch (error) {
        throw explainFileError(error, `Cannot push '${file.path}'`);
      }
      agreed.set(path, file.digest);
      meter.pass(path);
    }
  } finally {
    // Also when it broke off: what arrived is agreed on.
    await workspace.agree(target.pipe, agreed);
  }
  return transfer;
}

async function collect(from: string, choice: Choice): Promise<{ folder: string; found: readonly Found[] }> {
  const info = await stat(from).catch((error: unknown) => {
    throw explainFileError(error, `Cannot read '${from}'`);
  });
  const isChosen = chooser(choice);
  if (info.isDirectory()) return { folder: from, found: await walkFolder(from, isChosen) };
  const path = parseArtifactPath(basename(from));
  return { folder: dirname(from), found: isChosen(path) ? [{ path, file: from }] : [] };
}
