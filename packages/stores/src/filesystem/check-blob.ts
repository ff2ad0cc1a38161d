import { createHash } from "node:crypto";
import { type BlobDamage, type Digest, isTrackerError } from "@cairn/core";
import { readFile } from "../disk/read-file.ts";
import { errnoOf } from "../disk/storage-error.ts";
import type { Shards } from "./shards.ts";

/** Reads one blob and compares what it is with what its name and `size` promise. */
export async function checkBlob(shards: Shards, digest: Digest, size: number): Promise<BlobDamage | null> {
  const hash = createHash("sha256");
  let length = 0;
  try {
    for await (const chunk of readFile(() => shards.open(digest))) {
      hash.update(chunk);
      length += chunk.length;
    }
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found") {
      return { digest, problem: "missing", message: `Blob ${digest} (${size} bytes) is missing.` };
    }
    const code = errnoOf(error);
    if (code === undefined) throw error;
    return { digest, problem: "unreadable", message: `Blob ${digest} (${size} bytes) cannot be read (${code}).` };
  }
  if (length < size) {
    return { digest, problem: "truncated", message: `Blob ${digest} has only ${length} of its ${size} bytes.` };
  }
  const found = hash.digest("hex");
  if (length === size && found === digest) return null;
  const message =
    found === digest
      ? `Blob ${digest} is sound with ${length} bytes, but a file says that it has ${size}.`
      : `Blob ${digest} was altered: its ${length} bytes have the digest ${found}.`;
  return { digest, problem: "altered", message };
}
