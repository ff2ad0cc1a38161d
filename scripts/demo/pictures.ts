import { crc32, deflateSync } from "node:zlib";

/** How often each class was taken for each: rows are what it was. */
export type Confusion = readonly (readonly number[])[];

const CELL = 48;

/** A confusion matrix as a PNG (RFC 2083): 8-bit RGB, blue by how much. */
export function confusionPng(confusion: Confusion): Uint8Array {
  const size = confusion.length * CELL;
  const most = Math.max(...confusion.flat(), 1);
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y++) {
    const line = Buffer.alloc(1 + size * 3);
    for (let x = 0; x < size; x++) {
      const part = (confusion[Math.floor(y / CELL)]?.[Math.floor(x / CELL)] ?? 0) / most;
      const isEdge = x % CELL === 0 || y % CELL === 0;
      line.set(isEdge ? [255, 255, 255] : [240 - 210 * part, 246 - 150 * part, 252 - 60 * part], 1 + x * 3);
    }
    rows.push(line);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND"),
  ]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Importances as bars. */
export function barsSvg(values: readonly (readonly [string, number])[]): string {
  const bars = values.map(
    ([name, value], index) =>
      `<text x="118" y="${index * 26 + 20}" text-anchor="end" font-size="12" font-family="sans-serif">${name}</text>` +
      `<rect x="124" y="${index * 26 + 8}" width="${(value * 260).toFixed(0)}" height="16" rx="2" fill="#0f766e"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="${values.length * 26 + 12}">${bars.join("")}</svg>`;
}
