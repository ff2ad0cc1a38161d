import { Readable } from "node:stream";
import { constants, createDeflateRaw } from "node:zlib";

/** The most that one stored block holds (RFC 1951 §3.2.4). */
const MAX_BLOCK = 0xffff;

/** Deflates a stream, quickly rather than tightly. Whoever stops reading early also stops the source. */
export async function* deflate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = Readable.from(source, { objectMode: false });
  const packer = createDeflateRaw({ level: constants.Z_BEST_SPEED });
  input.on("error", (error) => packer.destroy(error));
  input.pipe(packer);
  try {
    yield* packer;
  } finally {
    input.destroy();
    packer.destroy();
  }
}

/**
 * The same format for bytes that are packed already: blocks that hold them as they are. Unlike a zip's own "stored", readers
 * find its end without knowing its length before.
 */
export async function* wrapStored(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; at += MAX_BLOCK) {
      const block = bytes.subarray(at, at + MAX_BLOCK);
      yield blockHead(block.length, false);
      yield block;
    }
  }
  yield blockHead(0, true);
}

function blockHead(length: number, isLast: boolean): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt8(isLast ? 1 : 0, 0);
  head.writeUInt16LE(length, 1);
  head.writeUInt16LE(length ^ 0xffff, 3);
  return head;
}
