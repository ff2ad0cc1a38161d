import { TrackerError } from "@cairn/core";

/**
 * Passes bytes on and fails unless there are as many as were announced: a reader who was told a length must not take a
 * cut-off file for the whole.
 *
 * @throws unavailable at the end, when there were fewer. There are never more.
 */
export async function* exactly(bytes: AsyncIterable<Uint8Array>, length: number, what: string) {
  let left = length;
  for await (const chunk of bytes) {
    const part = chunk.length > left ? chunk.subarray(0, left) : chunk;
    left -= part.length;
    if (part.length > 0) yield part;
    if (left === 0) return;
  }
  if (left === 0) return;
  const message = `The content of ${what} is cut short: ${left} of ${length} bytes are missing. Run a check of the store.`;
  throw new TrackerError("unavailable", message, { missing: left });
}
