import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ArtifactEntry, ChangeInput, Digest, Page, RecordStore, SequencedEvent } from "@cairn/core";
import { digestOf, refusal, sample } from "./bytes.ts";
import { run, stamp, start } from "./world.ts";

const tree = `run/${run(1).id}`;
const digest = (number: number): Digest => digestOf(sample(number));

type Put = ChangeInput<"artifacts.put">;

/** The rules of files' rows, on a real store: the record must have project, experiment 0 and run 1 only. */
export function artifactRecordsSuite(name: string, open: () => Promise<RecordStore>): void {
  const inside = (test: (store: RecordStore) => Promise<void>) => async () => {
    const store = await open();
    try {
      await start(store);
      await store.write("runs.create", run(1), stamp);
      await test(store);
    } finally {
      await store.close();
    }
  };

  describe(`file rows of ${name}`, () => {
    it(
      "make a revision for new bytes, another type or another descriptor, and none for the same again",
      inside(async (store) => {
        const changes: Partial<Put>[] = [
          { digest: digest(1), size: 1 },
          { digest: digest(1), size: 1 },
          { digest: digest(2), size: 2 },
          { digest: digest(2), size: 2, contentType: "image/png" },
          { digest: digest(2), size: 2, contentType: "image/png", descriptor: "best" },
          { digest: digest(2), size: 2, contentType: "image/png", descriptor: "best" },
          { digest: digest(1), size: 1 },
        ];
        const revisions: number[] = [];
        for (const change of changes) revisions.push((await put(store, "a", change)).revision);
        assert.deepEqual(revisions, [1, 1, 2, 3, 4, 4, 5]);
        const all = await store.read("artifacts.revisions", { tree, path: "a" });
        assert.deepEqual(
          all.map(({ revision, size }) => [revision, size]),
          [
            [1, 1],
            [2, 2],
            [3, 2],
            [4, 2],
            [5, 1],
          ],
        );
        assert.deepEqual(all[3], {
          path: "a",
          revision: 4,
          digest: digest(2),
          size: 2,
          contentType: "image/png",
          descriptor: "best",
          author: stamp.author,
          at: stamp.at,
        });
      }),
    );

    it(
      "keep the revisions of a removed file, and count on when it comes back",
      inside(async (store) => {
        await put(store, "a", { digest: digest(1), size: 1 });
        await put(store, "a", { digest: digest(2), size: 2 });
        const find = (revision?: number) => store.read("artifacts.find", { tree, path: "a", revision });
        assert.equal((await find())?.revision, 2);
        assert.equal(await store.write("artifacts.remove", { tree, path: "a" }, stamp), 1);
        assert.equal(await store.write("artifacts.remove", { tree, path: "a" }, stamp), 0);
        assert.equal(await find(), undefined);
        assert.equal((await find(1))?.size, 1);
        assert.equal((await store.read("artifacts.list", { tree, folder: "" })).items.length, 0);
        assert.equal((await put(store, "a", { digest: digest(2), size: 2 })).revision, 3);
        assert.equal((await find())?.revision, 3);
      }),
    );

    it(
      "give way to a folder once a file is removed, and the other way round",
      inside(async (store) => {
        await put(store, "a");
        await assert.rejects(put(store, "a/b"), refusal("conflict"));
        await store.write("artifacts.remove", { tree, path: "a" }, stamp);
        await put(store, "a/b");
        await assert.rejects(put(store, "a"), refusal("conflict"));
        assert.equal(await store.write("artifacts.remove", { tree, path: "a" }, stamp), 1);
        await put(store, "a");
      }),
    );

    it(
      "are refused for a run that is unknown or deleted, and for what is no path, digest, size or type",
      inside(async (store) => {
        const cases: [Partial<Put>, string][] = [
          [{ tree: `run/${run(9).id}` }, "not_found"],
          [{ tree: "loose/99" }, "not_found"],
          [{ tree: "elsewhere" }, "invalid"],
          [{ path: "../x" }, "invalid"],
          [{ digest: "abc" }, "invalid"],
          [{ size: -1 }, "invalid"],
          [{ size: 0.5 }, "invalid"],
          [{ contentType: "no type" }, "invalid"],
          [{ contentType: "a/b\r\nX: y" }, "invalid"],
          [{ descriptor: "a\0b" }, "invalid"],
        ];
        for (const [change, code] of cases) {
          await assert.rejects(put(store, "a", change), refusal(code), JSON.stringify(change));
        }
        await put(store, "kept");
        await store.write("runs.delete", { id: run(1).id }, stamp);
        await assert.rejects(put(store, "a"), refusal("precondition"));
        await assert.rejects(store.write("artifacts.remove", { tree, path: "kept" }, stamp), refusal("precondition"));
        const query = store.read("artifacts.writable", { tree, path: "a" });
        await assert.rejects(query, refusal("precondition"));
        assert.equal((await store.read("artifacts.list", { tree, folder: "" })).items.length, 1);
      }),
    );

    it(
      "tell those who watch the run, once for each change that was one",
      inside(async (store) => {
        const events: SequencedEvent[] = [];
        const stop = store.events.subscribe((event) => events.push(event));
        await put(store, "a");
        await put(store, "a");
        await put(store, "b/c");
        await store.write("artifacts.remove", { tree, path: "b" }, stamp);
        await store.write("artifacts.remove", { tree, path: "b" }, stamp);
        stop();
        const seen = events.filter(({ kind }) => kind === "artifact.changed");
        assert.deepEqual(
          seen.map(({ id, experiment }) => [id, experiment]),
          Array.from({ length: 3 }, () => [run(1).id, 0]),
        );
      }),
    );

    it(
      "count as a sign of life of the run",
      inside(async (store) => {
        const at = stamp.at + 3_600_000;
        await store.write("artifacts.put", input("a"), { ...stamp, at });
        assert.equal((await store.read("runs.get", { id: run(1).id })).heartbeatAt, at);
      }),
    );

    // A page must not read a folder's insides, nor stumble where a chunk of rows ends amid a path's revisions.
    it(
      "list one folder of many files, with many revisions and deep neighbours, page by page",
      inside(async (store) => {
        const paths = Array.from({ length: 1200 }, (_, n) => `big/${String(n).padStart(5, "0")}`);
        await Promise.all(paths.map((path) => store.write("artifacts.put", input(path), stamp)));
        for (let n = 0; n < 40; n++) await put(store, "big/00007", { digest: digest(n), size: n });
        await Promise.all(paths.slice(0, 600).map((path) => put(store, path.replace("big/", "big/00010x/"))));
        await store.write("artifacts.remove", { tree, path: "big/00008" }, stamp);
        const seen: string[] = [];
        for (let after: string | null = null; ; ) {
          const page: Page<ArtifactEntry> = await store.read("artifacts.list", {
            tree,
            folder: "big",
            after,
            limit: 100,
          });
          seen.push(...page.items.map(({ path, isFolder, size }) => (isFolder ? `${path}/` : `${path} ${size}`)));
          after = page.next;
          if (after === null) break;
        }
        const expected = paths
          .filter((path) => path !== "big/00008")
          .flatMap((path) =>
            path === "big/00010" ? [`${path} 1`, "big/00010x/"] : [`${path} ${path === "big/00007" ? 39 : 1}`],
          );
        assert.deepEqual(seen, expected);
      }),
    );

    it(
      "say which blobs have names: of old revisions, of removed files, each once",
      inside(async (store) => {
        await put(store, "a", { digest: digest(1), size: 1 });
        await put(store, "a", { digest: digest(2), size: 2 });
        for (const path of ["b", "c", "d"]) await put(store, path, { digest: digest(3), size: 3 });
        await store.write("artifacts.remove", { tree, path: "a" }, stamp);
        const all = [1, 2, 3].map(digest).sort();
        const named = await store.read("blobs.referenced", { digests: [digest(4), ...all] });
        assert.deepEqual([...named].sort(), all);
        for (const limit of [1, 2, 3, 100]) {
          const seen: string[] = [];
          for (let after: string | null = null; ; ) {
            const page: { items: readonly { digest: Digest }[]; next: string | null } = await store.read(
              "blobs.named",
              {
                after,
                limit,
              },
            );
            seen.push(...page.items.map((item) => item.digest));
            after = page.next;
            if (after === null) break;
          }
          assert.deepEqual(seen, all, `in pages of ${limit}`);
        }
        const files = await store.read("blobs.files", { digest: digest(3), limit: 2 });
        assert.deepEqual(files[0], { tree, path: "b", revision: 1 });
        assert.equal(files.length, 2);
      }),
    );

    it(
      "go with their run when it is really deleted",
      inside(async (store) => {
        await put(store, "a");
        await store.write("runs.delete", { id: run(1).id }, stamp);
        await store.write("runs.purge", { id: run(1).id }, stamp);
        for (let tries = 0; tries < 100; tries++) {
          if ((await store.read("blobs.referenced", { digests: [digest(1)] })).length === 0) return;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        assert.fail("the file's row is still there");
      }),
    );
  });
}

function input(path: string, change: Partial<Put> = {}): Put {
  return { tree, path, digest: digest(1), size: 1, contentType: null, descriptor: null, ...change };
}

function put(store: RecordStore, path: string, change: Partial<Put> = {}) {
  return store.write("artifacts.put", input(path, change), stamp);
}
