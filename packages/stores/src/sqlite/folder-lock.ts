import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { TrackerError } from "@cairn/core";
import { makeFolders } from "../disk/make-folders.ts";
import { isSqliteError } from "./sqlite-error.ts";

const BUSY = 5;

/**
 * Takes the folder for this process: an exclusive transaction on `lock.sqlite`, held until `release`. The system frees
 * it when the process dies, however it dies, so there is no stale lock to clean up. The folder is made if it is missing.
 *
 * @throws TrackerError unavailable when another server has it, or when it cannot be made or written.
 */
export function lockFolder(folder: string): { release(): void } {
  let database: DatabaseSync | undefined;
  try {
    makeFolders(folder);
    database = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
    // No log files for this one: the lock itself is all that matters.
    database.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    // The lock alone does not tell whether the folder takes files; a write that is never committed does.
    database.exec("PRAGMA user_version = 1");
  } catch (cause) {
    database?.close();
    if (isSqliteError(cause) && (cause.errcode & 0xff) === BUSY) {
      throw new TrackerError(
        "unavailable",
        `Another Cairn server is using the folder '${folder}'. Stop it first, or give this one a folder of its own.`,
        { folder },
        { cause },
      );
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrackerError(
      "unavailable",
      `The folder '${folder}' cannot be used (${reason}): check that it can be made and written.`,
      { folder },
      { cause },
    );
  }
  const held = database;
  return {
    release() {
      if (!held.isOpen) return;
      held.exec("ROLLBACK");
      held.close();
    },
  };
}
