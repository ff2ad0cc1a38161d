import { createHash } from "node:crypto";
import { invalid } from "@cairn/core";
import { type Choice, chooser } from "./patterns.ts";
import type { CentreFile, VersionFiles } from "./port.ts";
import { comparePaths } from "./walk.ts";

const orders = ["name", "mod", "size"] as const;

export interface ScanOptions extends Choice {
  /** By path (the default), by when a file was put there, or by size; equal ones by path. */
  readonly sortby?: (typeof orders)[number] | undefined;
}

/** A file with its attributes. */
export interface ScannedFile {
  /** Relative, with `/`. */
  readonly filename: string;
  /** When it was put there. */
  readonly modifiedAt: Date;
  /** Bytes. */
  readonly size: number;
  /** MD5, hex. */
  readonly crc: string;
}

/** The chosen files, in the order asked for, and all their paths in the order of the scan. */
export async function scanFiles(
  files: VersionFiles,
  { sortby = "name", ...choice }: ScanOptions,
): Promise<{ readonly sorted: readonly CentreFile[]; readonly scanned: readonly string[] }> {
  if (!orders.includes(sortby)) throw invalid(`sortby is ${orders.join(", ")}, not '${String(sortby)}'.`);
  const isChosen = chooser(choice);
  const found = (await files.list()).filter(({ path }) => isChosen(path));
  const scanned = found.map(({ path }) => path);
  const keyOf = ({ modifiedAt, size }: CentreFile) => (sortby === "mod" ? modifiedAt : sortby === "size" ? size : 0);
  const sorted = [...found].sort((a, b) => keyOf(a) - keyOf(b) || comparePaths(a.path, b.path));
  return { sorted, scanned };
}

/** Reads the file where its MD5 is not known without. */
export async function describeFile(files: VersionFiles, file: CentreFile): Promise<ScannedFile> {
  const { path, modifiedAt, size } = file;
  return { filename: path, modifiedAt: new Date(modifiedAt), size, crc: file.md5 ?? (await md5Of(files.read(file))) };
}

async function md5Of(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("md5");
  for await (const piece of bytes) hash.update(piece);
  return hash.digest("hex");
}
