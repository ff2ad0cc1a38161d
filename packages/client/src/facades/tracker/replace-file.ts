import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { invalid, TrackerError } from "@cairn/core";

/** Writes a file whole or not at all: a full disk or a death half-way leaves the old one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const file = await open(draft, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const { code, message } = error as { code?: string; message?: string };
    if (code === "ENOSPC") throw new TrackerError("storage_full", `No room to write '${path}'; it is as it was.`);
    throw invalid(`Cannot write '${path}': ${message ?? String(error)}.`, { file: path });
  }
}
