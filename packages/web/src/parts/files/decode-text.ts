/**
 * Bytes as text, if they are text: UTF-8 without NUL. A head of a file may end within a character; that end is dropped.
 *
 * @param isCut the bytes are the beginning of a longer file.
 * @returns undefined for anything else.
 */
export function decodeText(bytes: Uint8Array, isCut = false): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
