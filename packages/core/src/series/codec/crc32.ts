const POLYNOMIAL = 0xedb88320;
const WORD_PATH_FROM = 64;
const tables = buildTables();

/** Sixteen tables laid end to end: table k holds the CRC of a byte followed by k zero bytes ("slicing by 16", Kounavis and Berry). */
function buildTables(): Int32Array {
  const all = new Int32Array(16 * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1;
    all[n] = c;
  }
  for (let i = 256; i < all.length; i++) {
    const before = all[i - 256] as number;
    all[i] = (before >>> 8) ^ (all[before & 255] as number);
  }
  return all;
}

/** CRC-32 (IEEE 802.3, as in gzip and PNG) of `bytes[from, to)`, as an unsigned number. */
export function crc32(bytes: Uint8Array, from = 0, to: number = bytes.length): number {
  let crc = -1;
  let at = from;
  if (to - from >= WORD_PATH_FROM) {
    const aligned = at + (-(bytes.byteOffset + at) & 3);
    crc = tail(crc, bytes, at, aligned);
    const rounds = (to - aligned) >>> 4;
    crc = words(crc, new Int32Array(bytes.buffer, bytes.byteOffset + aligned, rounds * 4));
    at = aligned + rounds * 16;
  }
  return ~tail(crc, bytes, at, to) >>> 0;
}

function tail(start: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = start;
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ (tables[(crc ^ (bytes[i] as number)) & 255] as number);
  return crc;
}

/** Four little-endian words a round; the length of `data` is a multiple of four. */
function words(start: number, data: Int32Array): number {
  const t = tables;
  let crc = start;
  for (let i = 0; i < data.length; i += 4) {
    const a = (data[i] as number) ^ crc;
    const b = data[i + 1] as number;
    const c = data[i + 2] as number;
    const d = data[i + 3] as number;
    crc =
      (t[3840 + (a & 255)] as number) ^
      (t[3584 + ((a >>> 8) & 255)] as number) ^
      (t[3328 + ((a >>> 16) & 255)] as number) ^
      (t[3072 + (a >>> 24)] as number) ^
      (t[2816 + (b & 255)] as number) ^
      (t[2560 + ((b >>> 8) & 255)] as number) ^
      (t[2304 + ((b >>> 16) & 255)] as number) ^
      (t[2048 + (b >>> 24)] as number) ^
      (t[1792 + (c & 255)] as number) ^
      (t[1536 + ((c >>> 8) & 255)] as number) ^
      (t[1280 + ((c >>> 16) & 255)] as number) ^
      (t[1024 + (c >>> 24)] as number) ^
      (t[768 + (d & 255)] as number) ^
      (t[512 + ((d >>> 8) & 255)] as number) ^
      (t[256 + ((d >>> 16) & 255)] as number) ^
      (t[d >>> 24] as number);
  }
  return crc;
}
