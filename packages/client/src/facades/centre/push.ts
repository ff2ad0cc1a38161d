import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { parseArtifactPath } from "@cairn/core";
import { explain } from "../local-file.ts";
import { counted, type LocalFile, readLocalFile } from "./disk.ts";
import { type Choice, chooser } from "./patterns.ts";
import { type Merge, type Move, planMoves } from "./plan.ts";
import type { VersionFiles } from "./port.ts";
import { type Found, walkFolder } from "./walk.ts";
import { workspaceOf } from "./workspace.ts";

/** How far a transfer is. */
export interface TransferProgress {
  readonly path: string;
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface TransferOptions extends Choice {
  readonly merge?: Merge | undefined;
  /** Says what would move, and moves nothing. */
  readonly dryRun?: boolean | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** What moved, or would move. */
export interface Transfer {
  readonly dryRun: boolean;
  readonly moved: readonly Move[];
  /** Bytes of what moved. */
  readonly bytes: number;
  readonly unchanged: readonly string[];
  readonly kept: readonly string[];
}

export interface PushOptions extends TransferOptions {
  /** The folder in the version that takes the files; its top when left out. */
  readonly subdir?: string | null | undefined;
}

/** What a push asks of the centre: the version's files, undefined while there is no such version. */
export interface PushTarget {
  /** Names the version in the workspace's memory. */
  readonly pipe: string;
  find(): Promise<VersionFiles | undefined>;
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
  const totalBytes = plan.moves.reduce((sum, { size }) => sum + size, 0);
  const transfer: Transfer = {
    dryRun,
    moved: plan.moves,
    bytes: totalBytes,
    unchanged: plan.unchanged,
    kept: plan.kept,
  };
  if (dryRun) return transfer;
  const files = known ?? (await target.open());
  await files.checkRoom(totalBytes);
  const agreed = new Map<string, string>();
  for (const path of plan.unchanged) agreed.set(path, local.get(path)?.digest ?? "");
  let bytes = 0;
  try {
    for (const [index, { path, size }] of plan.moves.entries()) {
      const file = local.get(path);
      if (file === undefined) continue;
      const tell = (more: number) =>
        onProgress?.({ path, files: index, totalFiles: plan.moves.length, bytes: bytes + more, totalBytes });
      await files
        .write(
          { ...file, path, slice: (start, end) => counted(file.slice(start, end), start, tell) },
          workspace.uploads,
        )
        .catch((error: unknown) => {
          throw explain(error, `Cannot push '${file.path}'`);
        });
      agreed.set(path, file.digest);
      bytes += size;
      onProgress?.({ path, files: index + 1, totalFiles: plan.moves.length, bytes, totalBytes });
    }
  } finally {
    // Also when it broke off: what arrived is agreed on.
    await workspace.agree(target.pipe, agreed);
  }
  return transfer;
}

async function collect(from: string, choice: Choice): Promise<{ folder: string; found: readonly Found[] }> {
  const info = await stat(from).catch((error: unknown) => {
    throw explain(error, `Cannot read '${from}'`);
  });
  const isChosen = chooser(choice);
  if (info.isDirectory()) return { folder: from, found: await walkFolder(from, isChosen) };
  const path = parseArtifactPath(basename(from));
  return { folder: dirname(from), found: isChosen(path) ? [{ path, file: from }] : [] };
}
