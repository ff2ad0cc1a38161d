import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { constants } from "node:zlib";
import yazl from "yazl";

export interface ZipFile {
  /** Relative, `/` between names: where it lies when it is unpacked. */
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Its bytes gain nothing by being packed again. */
  readonly isPacked: boolean;
  read(): AsyncIterable<Uint8Array>;
}

/** A plain file, rw-r--r--. */
const MODE = 0o100644;
/** Small records go out together. */
const PIECE = 64 * 1024;

/**
 * A zip as a stream: a file is opened when its turn comes, and of all before it only its line in the directory is kept.
 *
 * @throws Error when a file has other bytes than it said, and whatever reading throws. What was yielded by then is no zip:
 * its directory is missing.
 */
export async function* zip(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const archive = new yazl.ZipFile();
  const output = archive.outputStream as Readable;
  archive.on("error", (error) => output.destroy(error));
  let open: Readable | undefined;

  async function pack(): Promise<void> {
    for await (const file of files) {
      if (output.destroyed) return;
      open = Readable.from(counted(file), { objectMode: false });
      // Quickly rather than tightly.
      const compressionLevel = file.isPacked ? constants.Z_NO_COMPRESSION : constants.Z_BEST_SPEED;
      archive.addReadStream(open, file.name, { mtime: new Date(file.modifiedAt), mode: MODE, compressionLevel });
      // The next one is asked for when this one is read: what waits in the archive waits in memory.
      await finished(open);
    }
    archive.end();
  }

  pack().catch((error) => output.destroy(error));
  try {
    yield* inPieces(output);
  } finally {
    output.destroy();
    // The archive leaves a file that nobody reads to the end open.
    open?.destroy();
  }
}

async function* counted({ name, size, read }: ZipFile): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const bytes of read()) {
    length += bytes.length;
    yield bytes;
  }
  if (length !== size) throw new Error(`'${name}' has ${length} bytes and not the ${size} it should have.`);
}

/** Joins what is small, so that thousands of small files do not become thousands of packets. */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of source) {
    waiting.push(bytes);
    length += bytes.length;
    if (length < PIECE) continue;
    yield Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
