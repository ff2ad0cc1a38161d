import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobStoreSuite } from "../conformance/blob-store.ts";
import { filesystemBlobs } from "./blobs.ts";

blobStoreSuite("filesystem", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cairn-blobs-"));
  const clock = { time: 1_700_000_000_123, now: () => clock.time };
  const open = () => filesystemBlobs({ folder: join(folder, "blobs"), clock });
  return {
    store: open(),
    clock,
    reopen: async () => open(),
    close: () => rm(folder, { recursive: true, force: true }),
  };
});
