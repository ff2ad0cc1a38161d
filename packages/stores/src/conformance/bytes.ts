import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Digest, isTrackerError, parseDigest } from "@cairn/core";

/** The same bytes for the same size; no two sizes share a prefix of 64 bytes or more. */
export function sample(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = (size * 2_654_435_761) >>> 0 || 1;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

/** Gives the bytes, then fails, as a connection does that breaks. */
export async function* breaking(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* pieces(bytes, 65_536);
  throw new Error("the line went dead");
}

export function digestOf(bytes: Uint8Array): Digest {
  return parseDigest(createHash("sha256").update(bytes).digest("hex"));
}

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return Buffer.concat(await all(source));
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

export function assertBytes(actual: Uint8Array, expected: Uint8Array): void {
  assert.equal(actual.length, expected.length);
  assert.ok(Buffer.compare(actual, expected) === 0, "the bytes differ");
}

/** True for the TrackerError of this code; its message must say something. */
export function refusal(code: string) {
  return (error: unknown): boolean => {
    assert.ok(isTrackerError(error), String(error));
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.length > 20);
    return true;
  };
}
