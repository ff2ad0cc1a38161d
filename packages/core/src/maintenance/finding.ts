/** One line of a check. `error`: something that was promised is not so. `info`: worth knowing, nothing is lost. */
export interface Finding {
  readonly severity: "error" | "info";
  readonly kind: "record" | "blob" | "orphan" | "stray";
  /** A blob's digest, the name of a record, or of what lies about. */
  readonly id: string;
  readonly message: string;
  /** Bytes at stake, where that is known. */
  readonly bytes?: number;
}

/** How far a long task is. */
export interface Progress {
  readonly phase: "records" | "blobs" | "orphans" | "uploads";
  /** Things done in this phase. */
  readonly done: number;
  /** Bytes read (check) or freed (gc) in this phase. */
  readonly bytes: number;
}

export interface GcResult {
  readonly freedBlobs: number;
  readonly freedBytes: number;
  /** Uploads that nobody went on with, and files of writes that broke off. */
  readonly freedUploads: number;
  readonly freedUploadBytes: number;
  /** Blobs without a name that are too young to free. */
  readonly keptYoung: number;
}
