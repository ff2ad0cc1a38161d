import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type ArtifactEntry,
  type ArtifactPath,
  type ArtifactStore,
  type Digest,
  parseArtifactPath,
  type WriteOptions,
} from "@cairn/core";
import { assertBytes, breaking, collect, digestOf, pieces, refusal, sample } from "./bytes.ts";

/**
 * A store to test, with two trees in it that take files. `seed` puts a file there behind a store that is read only;
 * `put` gives bytes to the blobs that `link` looks in (left out where there are none).
 */
export interface ArtifactStoreUnderTest {
  readonly store: ArtifactStore;
  readonly tree: string;
  readonly otherTree: string;
  seed?(tree: string, path: ArtifactPath, bytes: Uint8Array): Promise<void>;
  put?(bytes: Uint8Array): Promise<Digest>;
  close(): Promise<void>;
}

const options: WriteOptions = { author: "ada", at: 1_700_000_000_000 };
/** Everything that a path may hold, and that some file system or wire might stumble over. */
export const ODD_NAMES = [
  "a b.txt",
  " lead and trail ",
  'O\'Brien "q".txt',
  "😀/𝕏.bin",
  "naïve/é.txt",
  "100%/a%20b",
  "a#b?c&d=e;f",
  "-rf",
  "...",
  "..a/b..",
  "COM1:x",
  "$(reboot)`x`",
  `${"n".repeat(255)}`,
  `${"深".repeat(85)}`,
];

/** What every store of artifacts must do; what its capabilities deny is tested to be refused. */
export function artifactStoreSuite(name: string, open: () => Promise<ArtifactStoreUnderTest>): void {
  const inside = (test: (under: Files) => Promise<void>) => async () => {
    const under = await open();
    try {
      await test(createFiles(under));
    } finally {
      await under.close();
    }
  };

  describe(`artifacts of ${name}: files`, () => {
    it(
      "come back as they were, whole and in ranges",
      inside(async ({ store, tree, put }) => {
        for (const size of [0, 1, 70_000, 2_500_000]) {
          const bytes = sample(size);
          await put(tree, `sizes/${size}`, bytes);
          const read = (range?: { start: number; end: number }) =>
            find(store, tree, `sizes/${size}`).then((content) => collect(content.read(range)));
          assertBytes(await read(), bytes);
          assertBytes(await read({ start: 1, end: size - 1 }), bytes.subarray(1, Math.max(size - 1, 1)));
          assertBytes(await read({ start: size, end: size + 10 }), new Uint8Array());
        }
      }),
    );

    it(
      "say their size, and a tag that changes with the content",
      inside(async ({ store, tree, put }) => {
        await put(tree, "a.txt", sample(100));
        const first = await find(store, tree, "a.txt");
        assert.deepEqual([first.path, first.size], ["a.txt", 100]);
        assert.ok(Number.isInteger(first.modifiedAt));
        assert.equal((await find(store, tree, "a.txt")).tag, first.tag);
        await put(tree, "a.txt", sample(101));
        const second = await find(store, tree, "a.txt");
        assert.equal(second.size, 101);
        assert.notEqual(second.tag, first.tag);
        assert.match(second.tag, /^[\w-]+$/);
      }),
    );

    it(
      "may have any name that is a path",
      inside(async ({ store, tree, put }) => {
        for (const [index, text] of ODD_NAMES.entries()) await put(tree, `odd/${text}`, sample(index));
        for (const [index, text] of ODD_NAMES.entries()) {
          assertBytes(await collect((await find(store, tree, `odd/${text}`)).read()), sample(index));
        }
        const { items } = await store.list(tree, "odd" as ArtifactPath);
        const expected = new Set(ODD_NAMES.map((text) => `odd/${text.split("/")[0]}`));
        assert.deepEqual(new Set(items.map(({ path }) => path)), expected);
      }),
    );

    it(
      "are nothing where nothing is: no file, a folder, a file's child, another tree",
      inside(async ({ store, tree, otherTree, put }) => {
        await put(tree, "plots/loss.png", sample(10));
        for (const path of ["plots", "nothing", "plots/other", "plots/loss.png/x", "plots/loss.pn", "plot"]) {
          assert.equal(await store.find(tree, parseArtifactPath(path)), undefined, path);
        }
        assert.equal(await store.find(otherTree, parseArtifactPath("plots/loss.png")), undefined);
        assert.deepEqual(await store.list(otherTree, ""), { items: [], next: null });
        assert.deepEqual(await store.list(tree, parseArtifactPath("plots/loss.png")), { items: [], next: null });
        assert.deepEqual(await store.list(tree, parseArtifactPath("nothing")), { items: [], next: null });
      }),
    );
  });

  describe(`artifacts of ${name}: lists`, () => {
    // "a.b" sorts before "a/" and "a0" behind it: an order by the bare path would need to look ahead.
    it(
      "hold the direct children, each folder once, ordered with the folders' slash",
      inside(async ({ store, tree, put }) => {
        const paths = ["b", "a/x/y", "a/x/z", "a/w", "a.b", "a0", "a-", "😀", "｡", "a/x.txt", "B"];
        for (const path of paths) await put(tree, path, sample(path.length));
        assert.deepEqual(keys(await whole(store, tree, "")), ["B", "a-", "a.b", "a/", "a0", "b", "｡", "😀"]);
        assert.deepEqual(keys(await whole(store, tree, "a")), ["a/w", "a/x.txt", "a/x/"]);
        assert.deepEqual(keys(await whole(store, tree, "a/x")), ["a/x/y", "a/x/z"]);
        const { items } = await store.list(tree, "");
        assert.deepEqual(items[2], { path: "a.b", isFolder: false, size: 3 });
        assert.deepEqual(items[3], { path: "a", isFolder: true, size: 0 });
      }),
    );

    it(
      "come in pages of any size that together are the whole",
      inside(async ({ store, tree, put }) => {
        const paths = Array.from({ length: 23 }, (_, n) => (n % 3 === 0 ? `f${n}/x/${n}` : `f${n}.bin`));
        for (const path of paths) await put(tree, path, sample(1));
        await put(tree, "f3/y", sample(1));
        const all = keys(await whole(store, tree, ""));
        assert.equal(all.length, 23);
        for (const limit of [1, 2, 5, 22, 23, 24]) assert.deepEqual(keys(await whole(store, tree, "", limit)), all);
        await assert.rejects(async () => store.list(tree, "", { limit: 0 }), refusal("invalid"));
        const strange = { after: "elsewhere/x" };
        await assert.rejects(async () => store.list(tree, parseArtifactPath("f3"), strange), refusal("invalid"));
      }),
    );
  });

  describe(`artifacts of ${name}: writes`, () => {
    writeTests(inside);
  });
}

type Inside = (test: (under: Files) => Promise<void>) => () => Promise<void>;

interface Files extends Omit<ArtifactStoreUnderTest, "put"> {
  readonly link: ArtifactStoreUnderTest["put"];
  put(tree: string, path: string, bytes: Uint8Array): Promise<void>;
}

function createFiles(under: ArtifactStoreUnderTest): Files {
  const { store, seed, put: link } = under;
  return {
    ...under,
    link,
    async put(tree, text, bytes) {
      const path = parseArtifactPath(text);
      if (seed !== undefined) return seed(tree, path, bytes);
      const artifact = await store.write(tree, path, pieces(bytes, 60_000), options);
      assert.deepEqual([artifact.path, artifact.size, artifact.digest], [path, bytes.length, digestOf(bytes)]);
    },
  };
}

async function find(store: ArtifactStore, tree: string, path: string) {
  const content = await store.find(tree, parseArtifactPath(path));
  assert.ok(content !== undefined, `${path} is not there`);
  return content;
}

async function whole(store: ArtifactStore, tree: string, folder: string, limit = 1000): Promise<ArtifactEntry[]> {
  const items: ArtifactEntry[] = [];
  let after: string | null = null;
  do {
    const page = await store.list(tree, folder as ArtifactPath | "", { after, limit });
    assert.ok(page.items.length <= limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

function keys(items: readonly ArtifactEntry[]): string[] {
  return items.map(({ path, isFolder }) => (isFolder ? `${path}/` : path));
}

function writeTests(inside: Inside): void {
  const writing = (test: (under: Files) => Promise<void>) =>
    inside(async (under) => {
      const { store, tree } = under;
      if (store.capabilities.write) return test(under);
      const path = parseArtifactPath("x");
      const bytes = sample(1);
      await assert.rejects(store.write(tree, path, pieces(bytes, 1), options), refusal("unsupported"));
      await assert.rejects(store.link(tree, path, digestOf(bytes), options), refusal("unsupported"));
      await assert.rejects(store.remove(tree, path, options.at), refusal("unsupported"));
    });

  it(
    "replace the content, as a revision where there are such",
    writing(async ({ store, tree, put }) => {
      const path = parseArtifactPath("model/weights.bin");
      for (const size of [10, 20, 20, 30]) await put(tree, path, sample(size));
      assertBytes(await collect((await find(store, tree, path)).read()), sample(30));
      const first = await store.find(tree, path, 1);
      if (!store.capabilities.revisions) return assert.equal(first, undefined);
      assert.ok(first !== undefined);
      assertBytes(await collect(first.read()), sample(10));
      // The same bytes again are no news.
      assert.equal((await store.find(tree, path, 3))?.size, 30);
      assert.equal(await store.find(tree, path, 4), undefined);
    }),
  );

  it(
    "are refused where a folder stands, or a file above, and leave nothing",
    writing(async ({ store, tree, put }) => {
      await put(tree, "a/b/c", sample(1));
      for (const path of ["a", "a/b", "a/b/c/d", "a/b/c/d/e"]) {
        const write = store.write(tree, parseArtifactPath(path), pieces(sample(2), 1), options);
        await assert.rejects(write, refusal("conflict"), path);
      }
      assert.deepEqual(keys(await whole(store, tree, "a/b")), ["a/b/c"]);
      await put(tree, "a/b/c", sample(3));
    }),
  );

  it(
    "leave nothing when their source breaks off",
    writing(async ({ store, tree }) => {
      const write = store.write(tree, parseArtifactPath("new/x"), breaking(sample(200_000)), options);
      await assert.rejects(write, /the line went dead/);
      assert.deepEqual(await whole(store, tree, ""), []);
    }),
  );

  it(
    "may come at once, to one path and to many",
    writing(async ({ store, tree, put }) => {
      await Promise.all(Array.from({ length: 20 }, (_, n) => put(tree, `deep/${n % 4}/${n}`, sample(n))));
      await Promise.all(Array.from({ length: 5 }, () => put(tree, "deep/same", sample(9))));
      assert.equal((await whole(store, tree, "deep/1")).length, 5);
      assertBytes(await collect((await find(store, tree, "deep/same")).read()), sample(9));
    }),
  );

  it(
    "can be taken back: a file, a folder with all below it, and folders that are empty then",
    writing(async ({ store, tree, put }) => {
      for (const path of ["a/b/1", "a/b/2", "a/b.txt", "a/bc/3", "d"]) await put(tree, path, sample(5));
      const remove = (path: string) => store.remove(tree, parseArtifactPath(path), options.at);
      assert.equal(await remove("nothing"), 0);
      assert.equal(await remove("d/x"), 0);
      assert.equal(await remove("a/b"), 2);
      assert.equal(await remove("a/b"), 0);
      assert.deepEqual(keys(await whole(store, tree, "a")), ["a/b.txt", "a/bc/"]);
      assert.equal(await remove("a/bc/3"), 1);
      assert.equal(await remove("a/b.txt"), 1);
      assert.deepEqual(keys(await whole(store, tree, "")), ["d"]);
      await put(tree, "a", sample(6));
      assert.equal((await find(store, tree, "a")).size, 6);
    }),
  );

  it(
    "do not cross trees",
    writing(async ({ store, tree, otherTree, put }) => {
      await put(tree, "same", sample(1));
      await put(otherTree, "same", sample(2));
      await store.remove(tree, parseArtifactPath("same"), options.at);
      assertBytes(await collect((await find(store, otherTree, "same")).read()), sample(2));
    }),
  );

  it(
    "can name bytes that are there already, and only such",
    writing(async ({ store, tree, link }) => {
      const path = parseArtifactPath("linked");
      if (link === undefined) {
        return assert.rejects(store.link(tree, path, digestOf(sample(1)), options), refusal("unsupported"));
      }
      assert.equal(await store.link(tree, path, digestOf(sample(1)), options), undefined);
      assert.equal(await store.find(tree, path), undefined);
      const digest = await link(sample(77));
      const artifact = await store.link(tree, path, digest, options);
      assert.deepEqual([artifact?.path, artifact?.size, artifact?.digest], ["linked", 77, digest]);
      assertBytes(await collect((await find(store, tree, path)).read()), sample(77));
    }),
  );
}
