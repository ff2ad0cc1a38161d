// Links and odd things in a folder of plain files: nothing below the root may give, take or lose what lies outside of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { type ArtifactPath, type ArtifactStore, parseArtifactPath } from "@cairn/core";
import { collect, pieces, refusal, sample } from "../conformance/bytes.ts";
import { directoryTree } from "./directory.ts";
import { fileRootTree } from "./file-root.ts";

const options = { author: "ada", at: 1 };
let base: string;
let root: string;
let outside: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "cairn-links-"));
  root = join(base, "root");
  outside = join(base, "outside");
  await mkdir(join(root, "t", "folder"), { recursive: true });
  await mkdir(join(outside, "deep"), { recursive: true });
  await writeFile(join(outside, "secret"), "secret");
  await writeFile(join(outside, "deep", "secret"), "secret");
  await writeFile(join(root, "t", "folder", "own"), "own");
});
afterEach(() => rm(base, { recursive: true, force: true }));

const at = (text: string) => parseArtifactPath(text);
const own = (...names: string[]) => join(root, "t", ...names);
const write = (store: ArtifactStore, path: string) => store.write("t", at(path), pieces(sample(9), 9), options);
const isOutsideWhole = async () => {
  assert.deepEqual((await readdir(outside)).sort(), ["deep", "secret"]);
  assert.equal(await readFile(join(outside, "secret"), "utf8"), "secret");
  assert.deepEqual(await readdir(join(outside, "deep")), ["secret"]);
};

for (const [name, open] of [
  ["directory", () => directoryTree({ root, locate: (tree) => tree })],
  ["file-root", () => fileRootTree({ root, locate: (tree) => tree })],
] as const) {
  describe(`links in a ${name}`, () => {
    it("that lead out are neither shown nor read: to a file, to a folder, by a chain, relative", async () => {
      await symlink(join(outside, "secret"), own("file"));
      await symlink(outside, own("out"));
      await symlink("../../outside/secret", own("relative"));
      await symlink("out", own("chain"));
      await symlink("/", own("everything"));
      const store = open();
      assert.deepEqual(
        (await store.list("t", "")).items.map(({ path }) => path),
        ["folder"],
      );
      for (const path of [
        "file",
        "out/secret",
        "relative",
        "chain/secret",
        "out/deep/secret",
        "everything/etc/passwd",
      ]) {
        await assert.rejects(store.find("t", at(path)), refusal("forbidden"), path);
      }
      for (const path of ["out", "chain", "out/deep"]) {
        await assert.rejects(store.list("t", at(path)), refusal("forbidden"), path);
      }
    });

    it("that stay within are followed, and those that lead nowhere are nothing", async () => {
      await symlink("folder/own", own("file"));
      await symlink(own("folder"), own("again"));
      await symlink("nowhere", own("dangling"));
      await symlink("circle", own("circle"));
      const store = open();
      assert.deepEqual((await store.list("t", "")).items, [
        { path: "again", isFolder: true, size: 0 },
        { path: "file", isFolder: false, size: 3 },
        { path: "folder", isFolder: true, size: 0 },
      ]);
      for (const path of ["file", "again/own"]) {
        const content = await store.find("t", at(path));
        assert.equal(Buffer.from(await collect(content?.read() ?? pieces(sample(0), 1))).toString(), "own");
      }
      assert.deepEqual((await store.list("t", at("again"))).items, [{ path: "again/own", isFolder: false, size: 3 }]);
      for (const path of ["dangling", "circle", "circle/x"]) assert.equal(await store.find("t", at(path)), undefined);
    });

    // Between finding a file and reading it another hand may put a link there.
    it("that take a file's place after it was found are not read", async () => {
      const store = open();
      const content = await store.find("t", at("folder/own"));
      assert.ok(content !== undefined);
      await rename(own("folder"), own("moved"));
      await symlink(outside, own("folder"));
      await writeFile(join(outside, "own"), "secret");
      await assert.rejects(collect(content.read()), refusal("forbidden"));
      await rm(join(outside, "own"));
    });

    it("or pipes and sockets in it do not hang a reader", {
      skip: process.platform === "win32" && "no pipes",
    }, async () => {
      assert.equal(spawnSync("mkfifo", [own("pipe")]).status, 0);
      const store = open();
      assert.equal(await store.find("t", at("pipe")), undefined);
      assert.equal((await store.list("t", "")).items.length, 1);
    });

    it("are not needed to leave: a tree's own folder must lie below the root", async () => {
      const wrong = ["..", "../outside", "t/../../outside", outside, "/", "a\0b"];
      for (const location of wrong) {
        const store = (name === "directory" ? directoryTree : fileRootTree)({ root, locate: () => location });
        await assert.rejects(store.list("t", ""), refusal("forbidden"), location);
        await assert.rejects(store.find("t", "secret" as ArtifactPath), refusal("forbidden"), location);
        if (name === "directory") await assert.rejects(write(store, "x"), refusal("forbidden"), location);
      }
      await isOutsideWhole();
    });

    it("do not matter above the root, and an absolute folder below it is fine", async () => {
      await symlink(root, join(base, "alias"));
      const make = name === "directory" ? directoryTree : fileRootTree;
      const store = make({ root: join(base, "alias"), locate: (tree) => join(base, "alias", tree) });
      assert.equal((await store.find("t", at("folder/own")))?.size, 3);
    });

    it("are needed for nothing where there is nothing: no root, no tree, a tree that lies elsewhere", async () => {
      const make = name === "directory" ? directoryTree : fileRootTree;
      for (const store of [
        make({ root: join(base, "none"), locate: (tree) => tree }),
        make({ root, locate: () => undefined }),
        make({ root, locate: () => "none/such" }),
      ]) {
        assert.deepEqual(await store.list("t", ""), { items: [], next: null });
        assert.equal(await store.find("t", at("x")), undefined);
      }
    });
  });
}

describe("writing into a directory", () => {
  const open = () => directoryTree({ root, locate: (tree) => tree });

  it("does not go through links that lead out, nor makes folders behind them", async () => {
    await symlink(outside, own("out"));
    await symlink(join(outside, "secret"), own("file"));
    const store = open();
    for (const path of ["out/new", "out/deep/new", "out/more/new", "file"]) {
      await assert.rejects(write(store, path), refusal("forbidden"), path);
    }
    await isOutsideWhole();
  });

  it("removes a link and not what it leads to, nor goes through one to remove", async () => {
    await symlink(outside, own("out"));
    await symlink(join(outside, "deep"), own("folder", "deep"));
    const store = open();
    await assert.rejects(store.remove("t", at("out/secret"), 1), refusal("forbidden"));
    assert.equal(await store.remove("t", at("folder"), 1), 2);
    assert.equal(await store.remove("t", at("out"), 1), 1);
    await isOutsideWhole();
  });

  it("replaces a link within by the file", async () => {
    await symlink("folder/own", own("file"));
    await write(open(), "file");
    assert.equal(await readFile(own("folder", "own"), "utf8"), "own");
    assert.equal((await readFile(own("file"))).length, 9);
  });

  it("keeps its own folder for half-written files out of reach", async () => {
    const store = directoryTree({ root, locate: () => "" });
    await write(store, "x");
    assert.deepEqual(await readdir(join(root, ".cairn-tmp")), []);
    assert.ok((await store.list("t", "")).items.every(({ path }) => path !== ".cairn-tmp"));
    await assert.rejects(store.find("t", at(".cairn-tmp/y")), refusal("forbidden"));
    await assert.rejects(write(store, ".cairn-tmp/y"), refusal("forbidden"));
    await rm(join(root, ".cairn-tmp"), { recursive: true });
    await symlink(outside, join(root, ".cairn-tmp"));
    await assert.rejects(write(store, "y"), refusal("forbidden"));
    await isOutsideWhole();
  });

  it("clears what a crash left there a day ago, and leaves what is younger", async () => {
    await mkdir(join(root, ".cairn-tmp"));
    for (const name of ["old", "young"]) await writeFile(join(root, ".cairn-tmp", name), name);
    const before = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(root, ".cairn-tmp", "old"), before, before);
    await write(open(), "x");
    assert.deepEqual(await readdir(join(root, ".cairn-tmp")), ["young"]);
  });

  it("says in plain words when the path is too long for the disk, or a file stands in the way", async () => {
    const store = open();
    const long = at(Array.from({ length: 17 }, () => "n".repeat(119)).join("/"));
    const deep = directoryTree({ root, locate: () => Array.from({ length: 20 }, () => "d".repeat(200)).join("/") });
    await assert.rejects(deep.write("t", long, pieces(sample(1), 1), options), refusal("invalid"));
    await rm(join(root, ".cairn-tmp"), { recursive: true, force: true });
    await writeFile(join(root, ".cairn-tmp"), "in the way");
    await assert.rejects(write(store, "x"), refusal("forbidden"));
  });
});
