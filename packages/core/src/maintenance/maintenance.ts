import type { BlobStore } from "../blobs/port.ts";
import type { Clock } from "../clock.ts";
import type { RecordStore } from "../store/port.ts";
import { type CheckOptions, checkAll } from "./check.ts";
import type { Finding, GcResult, Progress } from "./finding.ts";
import { collectGarbage } from "./gc.ts";

export interface Maintenance {
  /** Reads everything; yields what is wrong or worth knowing as it finds it. May be stopped by return(). */
  check(options?: CheckOptions): AsyncIterable<Finding>;
  /**
   * Frees what nothing names. `olderThanMs`: at least, and by default, an hour.
   * @throws invalid for a shorter time.
   */
  gc(options?: {
    readonly olderThanMs?: number;
    readonly onProgress?: (progress: Progress) => void;
  }): Promise<GcResult>;
}

/** Housekeeping over the ports. Safe beside a running server, if it is given the server's own stores. */
export function createMaintenance(parts: {
  readonly records: RecordStore;
  readonly blobs: BlobStore;
  readonly clock: Clock;
}): Maintenance {
  return Object.freeze({
    check: (options: CheckOptions = {}) => checkAll(parts, options),
    gc: (options: { olderThanMs?: number; onProgress?: (progress: Progress) => void } = {}) =>
      collectGarbage(parts, options),
  });
}
