import type { FileHandle } from "node:fs/promises";
import { type BlobInfo, parseDigest } from "@cairn/core";
import { createDigester } from "./digester.ts";
import { hashFile } from "./hash-file.ts";
import { pour } from "./pour.ts";

/**
 * Writes a source into an empty file, all of it on disk when it answers, and says what it was. Closes the file.
 * @param file open for reading as well.
 * @throws what the source throws when it breaks off; the system's error when writing fails.
 */
export async function pourHashed(file: FileHandle, source: AsyncIterable<Uint8Array>): Promise<BlobInfo> {
  const digester = createDigester();
  try {
    const { length, broken } = await pour(file, source, { digester });
    if (broken !== undefined) throw broken.error;
    return { digest: parseDigest((await digester.digest()) ?? (await hashFile(file, length))), size: length };
  } finally {
    digester.drop();
    await file.close();
  }
}
