// Lies beside the adapters, because the default tree stands on two of them.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ArtifactPath, ArtifactStore } from "@cairn/core";
import { artifactStoreSuite } from "./conformance/artifact-store.ts";
import { pieces } from "./conformance/bytes.ts";
import { run, stamp, start } from "./conformance/world.ts";
import { filesystemBlobs } from "./filesystem/blobs.ts";
import { memoryBlobs } from "./memory/blobs.ts";
import { memoryStore } from "./memory/memory-store.ts";
import { casTree } from "./trees/cas.ts";
import { directoryTree } from "./trees/directory.ts";
import { fileRootTree } from "./trees/file-root.ts";

const clock = { now: () => stamp.at };

artifactStoreSuite("cas", async () => {
  const records = memoryStore();
  await start(records);
  const runs = [run(1), run(2)];
  for (const one of runs) await records.write("runs.create", one, stamp);
  const folder = await mkdtemp(join(tmpdir(), "cairn-cas-"));
  const blobs = filesystemBlobs({ folder, clock });
  return {
    store: casTree({ records, blobs }),
    tree: `run/${runs[0]?.id}`,
    otherTree: `run/${runs[1]?.id}`,
    put: async (bytes: Uint8Array) => (await blobs.write(pieces(bytes, 999))).digest,
    async close() {
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

artifactStoreSuite("cas, loose files", async () => {
  const records = memoryStore();
  await start(records);
  const blobs = memoryBlobs({ clock });
  await records.write("runs.create", run(1), stamp);
  return {
    store: casTree({ records, blobs }),
    tree: "loose/1",
    otherTree: `run/${run(1).id}`,
    put: async (bytes: Uint8Array) => (await blobs.write(pieces(bytes, 999))).digest,
    close: () => records.close(),
  };
});

const locate = (tree: string) => `${tree.replace("/", "-")}/artifacts`;

artifactStoreSuite("directory", async () => {
  const root = await mkdtemp(join(tmpdir(), "cairn-directory-"));
  return { ...plain(root, directoryTree({ root: join(root, "made/later"), locate })) };
});

artifactStoreSuite("directory beside blobs", async () => {
  const root = await mkdtemp(join(tmpdir(), "cairn-directory-"));
  const blobs = memoryBlobs({ clock });
  const put = async (bytes: Uint8Array) => (await blobs.write(pieces(bytes, 999))).digest;
  return { ...plain(root, directoryTree({ root, locate, blobs })), put };
});

artifactStoreSuite("file-root", async () => {
  const root = await mkdtemp(join(tmpdir(), "cairn-file-root-"));
  const seed = async (tree: string, path: ArtifactPath, bytes: Uint8Array) => {
    const file = join(root, locate(tree), path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  };
  return { ...plain(root, fileRootTree({ root, locate })), seed };
});

function plain(root: string, store: ArtifactStore) {
  return {
    store,
    tree: "run/one",
    otherTree: "run/two",
    close: () => rm(root, { recursive: true, force: true }),
  };
}
