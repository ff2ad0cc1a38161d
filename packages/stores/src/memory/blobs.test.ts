import { blobStoreSuite } from "../conformance/blob-store.ts";
import { memoryBlobs } from "./blobs.ts";

blobStoreSuite("memory", async () => {
  const clock = { time: 1_700_000_000_123, now: () => clock.time };
  return { store: memoryBlobs({ clock }), clock, close: async () => {} };
});
