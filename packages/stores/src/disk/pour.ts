import type { FileHandle } from "node:fs/promises";
import type { Digester } from "./digester.ts";
import { createGate, type Gate } from "./gate.ts";
import { DIRECT_ALIGN, openDirect } from "./open-direct.ts";
import { giveSlot, isAligned, SLOT_BYTES, type Slot, takeSlot } from "./slots.ts";
import { writeThread } from "./write-thread.ts";

/** Pieces in one write; the system takes at most 1024. */
const BATCH_PIECES = 512;
/** Batches under way for one file. */
const BATCHES_AHEAD = 4;
/** So much is written before the disk is set to work on it, while more comes in: the flush at the end is then short. */
const SYNC_BYTES = 32 << 20;

/** Bytes on their way to disk in the whole process. */
const gate: Gate = createGate(32 << 20);

export interface Pour {
  /** How many bytes of the source are in the file. */
  readonly length: number;
  /** Set when the source broke off: what it threw. All that came before is in the file. */
  readonly broken?: { readonly error: unknown };
  /** True when the source had more than `limit`; the surplus is not in the file. */
  readonly isOver: boolean;
}

/**
 * Writes a source into a file from `position` on, hashing meanwhile. All is on disk when it answers (data and length; not
 * the file's name). Bytes of a large file are copied into shared memory, from where a thread writes and hashes them, past
 * the page cache where it can; those of a small one are written as they came. Memory: 1 MiB and what is under way, which
 * is bounded for the whole process.
 *
 * @throws the system's error when writing fails, after all writes have ended; the file then has holes. The source is freed.
 */
export async function pour(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  options: { readonly position?: number; readonly digester?: Digester; readonly limit?: number } = {},
): Promise<Pour> {
  const { position = 0, digester, limit = Number.POSITIVE_INFINITY } = options;
  const writer = createWriter(file, position, digester);
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

function createWriter(file: FileHandle, start: number, digester: Digester | undefined) {
  let position = start;
  const batch: Uint8Array[] = [];
  let batchBytes = 0;
  /** What is being filled for the thread, once the file is known to be large. */
  let slot: Slot | null = null;
  let slotBytes = 0;
  let isSlotted = digester?.place === "thread";
  /** Whole slots of a large file go past the page cache: it would cost more than the disk, and push out what is read often. */
  let direct: FileHandle | null = null;
  let mayBeDirect = true;
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
  /** Counts a batch as under way until `task` ends; waits while too many are. */
  const launch = async (bytes: number, task: Promise<unknown>, end: () => void) => {
    position += bytes;
    const job: Promise<void> = task
      .then(() => {}, fail)
      .finally(() => {
        end();
        ahead.delete(job);
      });
    ahead.add(job);
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
    if (ahead.size >= BATCHES_AHEAD) await Promise.race(ahead);
  };
  const put = async (bytes: Slot, isDirect: boolean, at: number) => {
    const task = { bytes, fd: file.fd, direct: isDirect ? (direct?.fd ?? null) : null, position: at };
    const isPut = digester ? await digester.put(task) : await writeThread().put({ id: null, ...task });
    if (!isPut) await writeAll(file, [bytes], bytes.length, at);
  };
  const sendSlot = async () => {
    if (slot === null) return;
    const [full, bytes, at] = [slot, slotBytes, position];
    slot = null;
    slotBytes = 0;
    const isDirect = mayBeDirect && isAligned(full) && at % DIRECT_ALIGN === 0 && bytes % DIRECT_ALIGN === 0;
    if (isDirect && direct === null) {
      direct = await openDirect(file);
      mayBeDirect = direct !== null;
    }
    await gate.enter(SLOT_BYTES);
    await launch(bytes, put(full.subarray(0, bytes), isDirect, at), () => {
      gate.leave(SLOT_BYTES);
      giveSlot(full);
    });
  };
  const addToSlot = async (chunk: Uint8Array) => {
    for (let done = 0; done < chunk.length; ) {
      slot ??= takeSlot();
      const part = Math.min(SLOT_BYTES - slotBytes, chunk.length - done);
      // `slot.set` would copy word by word, because others may look on: half as fast.
      Buffer.prototype.copy.call(chunk, slot, slotBytes, done, done + part);
      slotBytes += part;
      done += part;
      if (slotBytes === SLOT_BYTES) await sendSlot();
    }
  };
  const sendBatch = async () => {
    const pieces = batch.splice(0);
    const bytes = batchBytes;
    batchBytes = 0;
    for (const piece of pieces) digester?.update(piece);
    await gate.enter(bytes);
    await launch(bytes, writeAll(file, pieces, bytes, position), () => gate.leave(bytes));
  };
  const addToBatch = async (chunk: Uint8Array) => {
    batch.push(chunk);
    batchBytes += chunk.length;
    if (batchBytes >= SLOT_BYTES && digester?.place !== "here") {
      isSlotted = true;
      batchBytes = 0;
      for (const piece of batch.splice(0)) await addToSlot(piece);
    } else if (batchBytes >= SLOT_BYTES || batch.length >= BATCH_PIECES) {
      await sendBatch();
    }
  };
  const settle = async () => {
    await Promise.all([...ahead, sync]);
    if (slot !== null) giveSlot(slot);
    slot = null;
    await direct?.close();
    direct = null;
  };

  return {
    async add(chunk: Uint8Array): Promise<void> {
      if (chunk.length === 0) return;
      // Copied at once, not gathered: a chunk may be a small view that keeps a large buffer alive.
      await (isSlotted ? addToSlot(chunk) : addToBatch(chunk));
      check();
    },
    settle,
    async finish(): Promise<void> {
      await (isSlotted ? sendSlot() : batchBytes > 0 && sendBatch());
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
