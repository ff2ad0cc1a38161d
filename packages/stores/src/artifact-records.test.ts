import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { artifactRecordsSuite } from "./conformance/artifact-records.ts";
import { memoryStore } from "./memory/memory-store.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";

artifactRecordsSuite("memory", async () => memoryStore());

artifactRecordsSuite("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cairn-files-"));
  const store = await sqliteStore({ folder });
  return {
    ...store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
