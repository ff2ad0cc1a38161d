import type { Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { createGate, type Gate } from "./gate.ts";

/** Bytes gathered for one write. Larger ones gain nothing; smaller ones cost a round through the thread pool each. */
const BATCH_BYTES = 1 << 20;
/** The system takes at most 1024 pieces in one write. */
const BATCH_PIECES = 512;
const WRITES_AHEAD = 2;
/** So much is written before the disk is set to work on it, while more comes in: the flush at the end is then short. */
const SYNC_BYTES = 32 << 20;

/** Bytes on their way to disk in the whole process. */
const gate: Gate = createGate(64 << 20);

export interface Pour {
  /** How many bytes of the source are in the file. */
  readonly length: number;
  /** Set when the source broke off: what it threw. All that came before is in the file. */
  readonly broken?: { readonly error: unknown };
  /** True when the source had more than `limit`; the surplus is not in the file, but part of it may be in the hash. */
  readonly isOver: boolean;
}

/**
 * Writes a source into a file from `position` on, hashing meanwhile; several writes are under way at once, and nothing is
 * copied. All is on disk when it answers (data and length; not the file's name).
 * Memory: what one batch and `WRITES_AHEAD` writes hold, and 64 MiB for all pours together.
 *
 * @throws the system's error when writing fails, after all writes have ended; the file then has holes. The source is freed.
 */
export async function pour(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  options: { readonly position?: number; readonly hash?: Hash; readonly limit?: number } = {},
): Promise<Pour> {
  const { position = 0, hash, limit = Number.POSITIVE_INFINITY } = options;
  const writer = createWriter(file, position);
  let length = 0;
  let isOver = false;
  let broken: { error: unknown } | undefined;
  let isReading = true;
  try {
    for await (const chunk of source) {
      isReading = false;
      if (length + chunk.length > limit) {
        isOver = true;
        break;
      }
      hash?.update(chunk);
      length += chunk.length;
      await writer.add(chunk);
      isReading = true;
    }
  } catch (error) {
    if (!isReading) {
      await writer.settle();
      throw error;
    }
    broken = { error };
  }
  await writer.finish();
  return { length, isOver, ...(broken === undefined ? {} : { broken }) };
}

function createWriter(file: FileHandle, start: number) {
  let position = start;
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  let unsynced = 0;
  let sync: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;
  const ahead = new Set<Promise<void>>();

  const fail = (error: unknown) => {
    failure ??= { error };
  };
  const check = () => {
    if (failure !== null) throw failure.error;
  };
  const flush = async () => {
    const [pieces, bytes, at] = [batch, batchBytes, position];
    batch = [];
    batchBytes = 0;
    position += bytes;
    await gate.enter(bytes);
    const write = writeAll(file, pieces, bytes, at)
      .catch(fail)
      .finally(() => {
        gate.leave(bytes);
        ahead.delete(write);
      });
    ahead.add(write);
    unsynced += bytes;
    if (unsynced >= SYNC_BYTES && sync === null) {
      unsynced = 0;
      sync = file
        .datasync()
        .catch(fail)
        .finally(() => {
          sync = null;
        });
    }
    if (ahead.size >= WRITES_AHEAD) await Promise.race(ahead);
  };
  const settle = async () => {
    await Promise.all([...ahead, sync]);
  };

  return {
    async add(chunk: Uint8Array): Promise<void> {
      if (chunk.length === 0) return;
      batch.push(chunk);
      batchBytes += chunk.length;
      if (batchBytes >= BATCH_BYTES || batch.length >= BATCH_PIECES) await flush();
      check();
    },
    settle,
    async finish(): Promise<void> {
      if (batch.length > 0) await flush();
      await settle();
      check();
      await file.datasync();
    },
  };
}

async function writeAll(file: FileHandle, pieces: Uint8Array[], bytes: number, position: number): Promise<void> {
  let { bytesWritten: done } = await file.writev(pieces, position);
  if (done === bytes) return;
  // A short write is rare (a disk about to be full, a signal): join what is left and go on.
  const whole = Buffer.concat(pieces, bytes);
  while (done < bytes) {
    const { bytesWritten } = await file.write(whole, done, bytes - done, position + done);
    done += bytesWritten;
  }
}
