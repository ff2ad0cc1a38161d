import type { PointKey } from "../codec/points.ts";

const cells = new Float64Array(4);
const bytes = new Uint8Array(cells.buffer);

/** A key as it stands in a chunk's row: time, step, value, batch as doubles, little-endian; a batch of NaN is none. */
export function encodeKey(key: PointKey): Uint8Array {
  cells[0] = key.time;
  cells[1] = key.step;
  cells[2] = Number.isNaN(key.value) ? Number.NaN : key.value;
  cells[3] = key.batch ?? Number.NaN;
  return bytes.slice();
}

export function decodeKey(encoded: Uint8Array): PointKey {
  bytes.set(encoded.subarray(0, 32));
  const batch = cells[3] as number;
  return {
    time: cells[0] as number,
    step: cells[1] as number,
    value: cells[2] as number,
    batch: Number.isNaN(batch) ? null : batch,
  };
}
