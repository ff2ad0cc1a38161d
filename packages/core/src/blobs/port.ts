import type { Digest } from "../ids.ts";

/** A blob as it lies in the store. */
export interface BlobInfo {
  readonly digest: Digest;
  readonly size: number;
}

/** What a check found wrong with one blob. */
export interface BlobDamage {
  readonly digest: string;
  readonly problem: "missing" | "truncated" | "altered" | "unreadable" | "foreign";
  readonly message: string;
}

/** An upload that is sent in parts and can go on after a break, in another process too. */
export interface UploadState {
  readonly id: string;
  /** Bytes safely stored so far: the next part starts here. */
  readonly received: number;
  /** The whole size, if the client said it. */
  readonly size: number | null;
  readonly createdAt: number;
}

/**
 * Bytes under their SHA-256. Immutable; names elsewhere point at them. Every byte goes through as a stream.
 * A blob is seen either whole or not at all: it is hashed while written, flushed to disk, and then put into place.
 *
 * Age is what keeps collection safe. Whoever is about to name a blob first makes it young, by writing its bytes (again)
 * or by `touch`, and names it well within the hour that `maintenance/gc.ts` leaves it. `touch`, `write`, `finishUpload`
 * and `remove` of one digest exclude each other: either `remove` sees a young blob and leaves it, or the others see that
 * it is gone.
 *
 * Chunks handed over by either side are not changed afterwards by the one who gave them, and may be kept.
 */
export interface BlobStore {
  /**
   * @param expected refuse (`precondition`) when the bytes have another digest.
   * @throws storage_full when the disk is full; nothing is left behind.
   */
  write(bytes: AsyncIterable<Uint8Array>, expected?: Digest): Promise<BlobInfo>;
  /** Undefined when there is no such blob. */
  find(digest: Digest): Promise<BlobInfo | undefined>;
  /** As `find`, and makes the blob young: what must be asked before bytes that are already here get a new name. */
  touch(digest: Digest): Promise<BlobInfo | undefined>;
  /**
   * Bytes from `start` up to (not including) `end`; bounds beyond the blob give what there is.
   * @throws not_found, when the first chunk is asked for. May be read only partly: return() frees what it holds.
   */
  read(digest: Digest, range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;

  /** `id`: 1 to 64 of `A-Z a-z 0-9 _ -`. @throws conflict when it is taken. */
  openUpload(id: string, size: number | null, at: number): Promise<UploadState>;
  findUpload(id: string): Promise<UploadState | undefined>;
  /**
   * Adds bytes at `offset`, which must be what was received so far (`conflict` else, with details.received). What it
   * answers is safe on disk. When `bytes` breaks off by an error, what came before is kept and counts as received, and
   * that error is thrown; any other failure leaves the upload as it was.
   * @throws not_found; precondition when more comes than was promised; storage_full.
   */
  continueUpload(id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<UploadState>;
  /**
   * Makes the blob. May be asked again after its answer was lost, until the upload is swept.
   * @throws not_found; precondition when the size or digest is not as promised: the upload stays open.
   */
  finishUpload(id: string, expected?: Digest): Promise<BlobInfo>;
  /**
   * What an upload has received so far. Ends early when the upload is given up meanwhile.
   * @throws not_found, when the first chunk is asked for; conflict when it is finished.
   */
  readUpload(id: string): AsyncIterable<Uint8Array>;
  /** Gone, with its bytes. No error when there is none. */
  abortUpload(id: string): Promise<void>;

  /** Every blob, by digest. `modifiedAt`: when it was last written or touched, in ms. */
  list(): AsyncIterable<BlobInfo & { readonly modifiedAt: number }>;
  /** What lies among the blobs and is none. */
  strays(): AsyncIterable<BlobDamage>;
  /** Re-hashes one blob. Null = sound. */
  check(digest: Digest, size: number): Promise<BlobDamage | null>;
  /** Removes one blob if it is older than `before` (ms) at this moment; says whether it did. */
  remove(digest: Digest, before: number): Promise<boolean>;
  /** Removes uploads and temporary files untouched since `before` (ms); says how many bytes that freed. */
  sweepUploads(before: number): Promise<{ readonly count: number; readonly bytes: number }>;
}
