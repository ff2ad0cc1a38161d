import { crc32 } from "node:zlib";
import { deflate, wrapStored } from "./deflate.ts";
import { dataDescriptor, directoryEnd, directoryEntry, localHeader, type Written } from "./records.ts";

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

/** Sizes from here on are written in the long form: a little below 4 GiB, because packing may add a few bytes. */
const LONG = 0xffff_ffff - 0x10_0000;
/** Small records go out together. */
const PIECE = 64 * 1024;

/**
 * A zip as a stream: a file is opened when its turn comes, and of all before it only its line in the directory is kept.
 *
 * @throws Error when a file has other bytes than it said, and whatever reading throws. What was yielded by then is no zip:
 * its directory is missing.
 */
export async function* zip(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  yield* inPieces(records(files));
}

async function* records(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const file of files) {
    const entry = yield* writeFile(file, offset);
    directory.push(directoryEntry(entry.written));
    offset = entry.end;
  }
  let size = 0;
  for (const line of directory) {
    size += line.length;
    yield line;
  }
  yield directoryEnd(directory.length, offset, size);
}

async function* writeFile(
  file: ZipFile,
  offset: number,
): AsyncGenerator<Uint8Array, { readonly written: Written; readonly end: number }> {
  const head = { name: Buffer.from(file.name), modifiedAt: file.modifiedAt, isLong: file.size >= LONG };
  const header = localHeader(head);
  yield header;
  let [crc, size, packed] = [0, 0, 0];
  const counted = async function* () {
    for await (const bytes of file.read()) {
      crc = crc32(bytes, crc);
      size += bytes.length;
      yield bytes;
    }
  };
  for await (const bytes of file.isPacked ? wrapStored(counted()) : deflate(counted())) {
    packed += bytes.length;
    yield bytes;
  }
  if (size !== file.size) throw new Error(`'${file.name}' has ${size} bytes and not the ${file.size} it should have.`);
  const written = { ...head, crc, size, packed, offset };
  const descriptor = dataDescriptor(written);
  yield descriptor;
  return { written, end: offset + header.length + packed + descriptor.length };
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
