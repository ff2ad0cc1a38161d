import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { type Attachment, getCurrentProject, type ModelImage } from "@cairn/client/rorodata";
import { TrackerError } from "@cairn/core";
import { ConfigError } from "../config.ts";
import { connect } from "../connect.ts";
import { findImage } from "../find-image.ts";
import { formatBytes } from "../format.ts";
import { cell, print, printJson } from "../print.ts";
import { tar } from "../tar.ts";
import { transferBar } from "../transfer-bar.ts";
import { refuseExisting, writeNewFile } from "../write-new-file.ts";

interface Flags {
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** A model of one file is that file; one of several is a tar archive of them. */
export async function downloadModel(url: string | undefined, text: string, flags: Flags): Promise<void> {
  if (flags.output?.trim() === "") throw new ConfigError("-o needs a file's name; leave it out for NAME-vVERSION.EXT.");
  const project = await getCurrentProject({ client: connect(url) });
  const image = await findImage(project, text);
  const files = await image.getModelFiles();
  const [first] = files;
  if (first === undefined) {
    throw new TrackerError("not_found", `Version ${image.version} of '${cell(image.name, 80)}' has no files here.`, {});
  }
  const isOne = files.length === 1;
  const name = flags.output ?? defaultName(image, isOne ? extname(first.filename) || ".bin" : ".tar");
  // Asked before anything travels; the writing refuses it as well.
  if (!flags.force && existsSync(name)) throw refuseExisting(name);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const bar = transferBar(!flags.json);
  let arrived = 0;
  const tell = (more: number) => {
    arrived += more;
    bar.tell({ bytes: arrived, totalBytes: size });
  };
  try {
    const checked = files.map((file) => ({
      path: file.filename,
      size: file.size,
      read: () => checkedBytes(file, tell),
    }));
    const [only] = checked;
    const bytes = isOne && only !== undefined ? only.read() : tar(checked, Date.parse(`${image.get("Date")}Z`));
    await writeNewFile(resolve(name), bytes, { replace: flags.force === true });
  } finally {
    bar.stop();
  }
  if (flags.json) return printJson({ file: resolve(name), name: image.name, version: image.version, bytes: size });
  print(`Wrote ${cell(name, 200)} (${formatBytes(size)}), version ${image.version} of '${cell(image.name, 80)}'.`);
}

/** Separators of other systems and what some refuse in names become `_`. */
function defaultName(image: ModelImage, extension: string): string {
  return `${image.name.replace(/[\\<>"|?*]/g, "_").replace(/^[.-]/, "_")}-v${image.version}${extension}`;
}

/** @throws unavailable when what arrived is not what was stored. */
async function* checkedBytes(file: Attachment, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const piece of file.read()) {
    hash.update(piece);
    size += piece.length;
    tell(piece.length);
    yield piece;
  }
  if (size === file.size && hash.digest("hex") === file.checksum) return;
  throw new TrackerError(
    "unavailable",
    `'${cell(file.filename, 80)}' did not arrive whole; nothing was kept. Try again.`,
  );
}
