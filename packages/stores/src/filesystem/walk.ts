import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type BlobDamage, type BlobInfo, parseDigest } from "@cairn/core";
import { type Layout, shardPattern, TEMPORARY, UPLOADS } from "./layout.ts";
import type { Shards } from "./shards.ts";

/** Every blob, by digest. Holds the names of one shard at a time. */
export async function* listBlobs(
  layout: Layout,
  shards: Shards,
): AsyncGenerator<BlobInfo & { readonly modifiedAt: number }> {
  for (const shard of await entries(layout.folder)) {
    if (!isShard(shard)) continue;
    for (const entry of await entries(join(layout.folder, shard.name))) {
      const found = isBlob(shard, entry) ? await shards.find(parseDigest(entry.name)) : undefined;
      if (found !== undefined) yield found;
    }
  }
}

/** What no version of the layout has put there: links, files with other names, folders among the blobs. */
export async function* findStrays(layout: Layout): AsyncGenerator<BlobDamage> {
  for (const shard of await entries(layout.folder)) {
    if (shard.isDirectory() && (shard.name === TEMPORARY || shard.name === UPLOADS)) continue;
    if (!isShard(shard)) {
      yield stray(shard.name, shard);
      continue;
    }
    for (const entry of await entries(join(layout.folder, shard.name))) {
      if (!isBlob(shard, entry)) yield stray(`${shard.name}/${entry.name}`, entry);
    }
  }
}

async function entries(folder: string): Promise<Dirent[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isShard(entry: Dirent): boolean {
  return entry.isDirectory() && shardPattern.test(entry.name);
}

function isBlob(shard: Dirent, entry: Dirent): boolean {
  return entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name) && entry.name.startsWith(shard.name);
}

function stray(name: string, entry: Dirent): BlobDamage {
  const kind = entry.isSymbolicLink() ? "a symbolic link" : entry.isDirectory() ? "a folder" : "a file";
  const message = `'${name}' in the folder of the blobs is ${kind} that does not belong there; Cairn leaves it alone.`;
  return { digest: name, problem: "foreign", message };
}
