/** What a zip says of a file once its bytes are through. */
export interface Written {
  /** UTF-8. */
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  readonly isLong: boolean;
}

const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** Readers must know zip64. Said of all: who unpacks deflate with sizes behind it knows it too. */
const NEEDED = 45;
/** Made on Unix, where a mode stands in the upper half of the attributes: a plain file, rw-r--r--. */
const MADE_BY = (3 << 8) | NEEDED;
const ATTRIBUTES = 0o100644 * 0x10000;

/** PKWARE's APPNOTE 6.3.10, §4.3.7. `isLong`: the sizes that follow the data take 8 bytes each. */
export function localHeader({ name, modifiedAt, isLong }: Pick<Written, "name" | "modifiedAt" | "isLong">): Buffer {
  const extra = Buffer.concat([timeField(modifiedAt), ...(isLong ? [longField([0, 0])] : [])]);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(NEEDED, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt32LE(dosTime(modifiedAt), 10);
  const sizes = isLong ? MAX_32 : 0;
  head.writeUInt32LE(sizes, 18);
  head.writeUInt32LE(sizes, 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
}

/** §4.3.9: what was not known before the data. */
export function dataDescriptor({ crc, packed, size, isLong }: Omit<Written, "name" | "offset">): Buffer {
  const record = Buffer.alloc(isLong ? 24 : 16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  if (isLong) {
    record.writeBigUInt64LE(BigInt(packed), 8);
    record.writeBigUInt64LE(BigInt(size), 16);
  } else {
    record.writeUInt32LE(packed, 8);
    record.writeUInt32LE(size, 12);
  }
  return record;
}

/** §4.3.12: a file's line in the directory at the end. */
export function directoryEntry({ name, crc, packed, size, offset, modifiedAt, isLong }: Written): Buffer {
  const isFar = offset >= MAX_32;
  const long = [...(isLong ? [size, packed] : []), ...(isFar ? [offset] : [])];
  const extra = Buffer.concat([timeField(modifiedAt), ...(long.length > 0 ? [longField(long)] : [])]);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(MADE_BY, 4);
  head.writeUInt16LE(NEEDED, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(DEFLATED, 10);
  head.writeUInt32LE(dosTime(modifiedAt), 12);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(isLong ? MAX_32 : packed, 20);
  head.writeUInt32LE(isLong ? MAX_32 : size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(ATTRIBUTES, 38);
  head.writeUInt32LE(isFar ? MAX_32 : offset, 42);
  return Buffer.concat([head, name, extra]);
}

/** §4.3.14–16: where the directory lies; in the long form too where a number does not fit the short one. */
export function directoryEnd(count: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(size, MAX_32), 12);
  end.writeUInt32LE(Math.min(offset, MAX_32), 16);
  if (count < MAX_16 && size < MAX_32 && offset < MAX_32) return end;
  const long = Buffer.alloc(56 + 20);
  long.writeUInt32LE(0x06064b50, 0);
  long.writeBigUInt64LE(44n, 4);
  long.writeUInt16LE(MADE_BY, 12);
  long.writeUInt16LE(NEEDED, 14);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(size), 40);
  long.writeBigUInt64LE(BigInt(offset), 48);
  long.writeUInt32LE(0x07064b50, 56);
  long.writeBigUInt64LE(BigInt(offset + size), 64);
  long.writeUInt32LE(1, 72);
  return Buffer.concat([long, end]);
}

/** §4.5.3: numbers that do not fit 32 bits. */
function longField(numbers: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + numbers.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(numbers.length * 8, 2);
  numbers.forEach((number, index) => {
    field.writeBigUInt64LE(BigInt(number), 4 + index * 8);
  });
  return field;
}

/** Info-ZIP's "UT" field: the time in UTC, to the second, which the old field has in nobody's zone and to two. */
function timeField(modifiedAt: number): Buffer {
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(Math.max(0, Math.min(Math.floor(modifiedAt / 1000), 0x7fff_ffff)), 5);
  return field;
}

/** Time in the lower, date in the upper half; from 1980 on. */
function dosTime(modifiedAt: number): number {
  const at = new Date(Math.max(modifiedAt, Date.UTC(1980, 0, 1)));
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return date * 0x10000 + time;
}
