import type { DatabaseSync } from "node:sqlite";
import { writeSearchLog } from "./search-log.ts";

/** Pages given back in one slice: at most 9 ms of the writer's time. */
const PAGE_SLICE = 256;

export interface Upkeep {
  /** Takes a slice of what is too old from the search log. False when there is nothing. */
  trim(): boolean;
  /** Gives a slice of free pages back to the disk. False when there are none. */
  shrink(): boolean;
}

/** Housekeeping of the file, each slice a commit of its own. */
export function createUpkeep(database: DatabaseSync): Upkeep {
  const free = database.prepare("PRAGMA freelist_count");
  return {
    trim: writeSearchLog(database).trim,
    shrink() {
      if (free.get()?.["freelist_count"] === 0) return false;
      // exec runs the pragma to its end; a single step would free one page.
      database.exec(`PRAGMA incremental_vacuum(${PAGE_SLICE})`);
      return true;
    },
  };
}
