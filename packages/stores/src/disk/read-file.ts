import type { FileHandle } from "node:fs/promises";

const CHUNK_BYTES = 1 << 20;
/** Reads under way while the reader is busy with the chunk before. */
const READS_AHEAD = 2;

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of a file in chunks of 1 MiB, read ahead; each chunk is a buffer of its own, which the reader may keep.
 * `open` is called when the first chunk is asked for; the file is closed at the end, and when the reader leaves early.
 * Ends early if the file is shorter than it was when opened.
 */
export async function* readFile(open: () => Promise<FileHandle>, range?: ByteRange): AsyncGenerator<Uint8Array> {
  const file = await open();
  const reads: Promise<Uint8Array>[] = [];
  try {
    const { size } = await file.stat();
    const end = Math.min(range?.end ?? size, size);
    let next = Math.max(range?.start ?? 0, 0);
    const ahead = () => {
      while (next < end && reads.length <= READS_AHEAD) {
        const read = readChunk(file, next, Math.min(CHUNK_BYTES, end - next));
        // Its error is thrown where it is awaited; a reader who leaves before that must not bring the process down.
        read.catch(() => {});
        reads.push(read);
        next += CHUNK_BYTES;
      }
    };
    ahead();
    for (let read = reads.shift(); read !== undefined; read = reads.shift()) {
      const chunk = await read;
      ahead();
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    await Promise.allSettled(reads);
    await file.close();
  }
}

async function readChunk(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) return buffer.subarray(0, done);
    done += bytesRead;
  }
  return buffer;
}
