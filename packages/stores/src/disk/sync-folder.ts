import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** Makes the names in a folder durable: a new or renamed file may be forgotten after a power cut until this is done. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows can neither open a folder nor needs it: its file systems log their names.
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
