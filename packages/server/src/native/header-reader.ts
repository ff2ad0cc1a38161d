import { type ReadHeader, readHeader } from "@cairn/contract";
import { createKnownLists } from "../scan/known-lists.ts";

/** A header as `encodeLogColumns` begins it, up to the keys. */
const KIND = '{"kind":"points"';
const MOST_KNOWN = 8;
/** Shorter lists are parsed as fast as they are found. */
const LEAST_KEYS = 16;
/** Longer headers are not looked at: a body may be 32 MiB of keys, and so many would stay for good. */
const MOST_BYTES = 256 * 1024;

/**
 * Reads the headers of log calls, whose keys are mostly those of a call before: a list met lately is known by its bytes. A thousand
 * keys take longer to parse than their points.
 */
export function createHeaderReader(): ReadHeader {
  /** By the bytes of a header from its beginning to the end of its keys. */
  const known = createKnownLists(MOST_KNOWN);

  function remember(bytes: Uint8Array, keys: unknown): void {
    if (!Array.isArray(keys) || keys.length < LEAST_KEYS || bytes.length > MOST_BYTES) return;
    const text = Buffer.from(`${KIND},"keys":${JSON.stringify(keys)}`);
    if (startsWith(bytes, text)) known.keep(text, keys);
  }

  return (bytes) => {
    const met = known.find((text) => startsWith(bytes, text));
    if (met !== undefined) {
      const header = readHeader(Buffer.concat([Buffer.from(KIND), bytes.subarray(met.text.length)]));
      // A name given twice means what stands there last.
      if (!Object.hasOwn(header, "keys")) return { ...header, keys: met.keys };
    }
    const header = readHeader(bytes);
    remember(bytes, header["keys"]);
    return header;
  };
}

function startsWith(bytes: Uint8Array, text: Buffer): boolean {
  return text.equals(bytes.subarray(0, text.length));
}
