const BLOCK = 512;
/** What the eleven octal digits of a size can say. */
const MAX_SIZE = 8 ** 11;

export interface TarFile {
  readonly path: string;
  /** In bytes; exactly so many are read. */
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * Files as a tar archive, in pieces (POSIX.1-2001 pax interchange format: names beyond 100 bytes or ASCII, and sizes from
 * 8 GiB on, stand in an extended header).
 *
 * @param modifiedAt ms since 1970, for all files
 */
export async function* tar(files: readonly TarFile[], modifiedAt: number): AsyncGenerator<Uint8Array> {
  const seconds = Math.floor(modifiedAt / 1000);
  for (const { path, size, read } of files) {
    const more = extendedHeader(path, size);
    if (more.length > 0) {
      yield header({ name: "PaxHeader", size: more.length, seconds, type: "x" });
      yield more;
      yield padding(more.length);
    }
    yield header({ name: isShort(path) ? path : "file", size: size < MAX_SIZE ? size : 0, seconds, type: "0" });
    yield* read();
    yield padding(size);
  }
  yield new Uint8Array(2 * BLOCK);
}

function isShort(path: string): boolean {
  return path.length <= 100 && /^[\x20-\x7e]*$/.test(path);
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

function extendedHeader(path: string, size: number): Uint8Array {
  const records: string[] = [];
  if (!isShort(path)) records.push(record("path", path));
  if (size >= MAX_SIZE) records.push(record("size", String(size)));
  return Buffer.from(records.join(""));
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function record(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

function header(entry: {
  readonly name: string;
  readonly size: number;
  readonly seconds: number;
  readonly type: string;
}): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, "0")}\0`, at, "latin1");
  block.write(entry.name, 0, "latin1");
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(entry.size, 124, 11);
  octal(entry.seconds, 136, 11);
  block.write("        ", 148, "latin1");
  block.write(entry.type, 156, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
