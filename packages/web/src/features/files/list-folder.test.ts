import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Artifact } from "@cairn/core";
import fc from "fast-check";
import { type Listing, listFolder, md5Of } from "./list-folder.ts";

const file = (path: string, size = 1, at = 0) => ({ path, size, at, descriptor: null }) as Artifact;
const listing = (change: Partial<Listing> = {}): Listing => ({
  folder: "",
  glob: "",
  sort: "name",
  isDescending: false,
  ...change,
});
const names = (files: readonly Artifact[], change?: Partial<Listing>) =>
  listFolder(files, listing(change)).map(({ name }) => name);

const tree = [
  file("train.py", 10, 5),
  file("a.csv", 30, 1),
  file("data/x.csv", 7, 9),
  file("data/deep/y.csv", 5, 3),
  file("data.txt", 2, 2),
];

describe("the listing of a folder", () => {
  it("has its folders first, each with all that is below it, then its files", () => {
    assert.deepEqual(names(tree), ["data", "a.csv", "data.txt", "train.py"]);
    const [data] = listFolder(tree, listing());
    assert.deepEqual({ size: data?.size, at: data?.at, files: data?.files }, { size: 12, at: 9, files: 2 });
  });

  it("of a folder inside has names below it, and nothing of a file whose name begins alike", () => {
    assert.deepEqual(names(tree, { folder: "data" }), ["deep", "x.csv"]);
  });

  it("sorts by name, time and size, both ways", () => {
    assert.deepEqual(names(tree, { sort: "size" }), ["data", "data.txt", "train.py", "a.csv"]);
    assert.deepEqual(names(tree, { sort: "mod", isDescending: true }), ["data", "train.py", "data.txt", "a.csv"]);
    assert.deepEqual(names(tree, { isDescending: true }), ["data", "train.py", "data.txt", "a.csv"]);
  });

  it("a glob goes over the whole path and crosses folders, as the seed's scan does", () => {
    assert.deepEqual(names(tree, { glob: "*.csv" }), ["a.csv", "data/deep/y.csv", "data/x.csv"]);
    assert.deepEqual(names(tree, { glob: "*.py|*.txt" }), ["data.txt", "train.py"]);
    assert.deepEqual(names(tree, { folder: "data", glob: "*.csv" }), ["deep/y.csv", "x.csv"]);
    assert.deepEqual(names(tree, { glob: "[" }), []);
  });

  it("every file is counted once, in whichever folder and order", () => {
    const name = fc.constantFrom("a", "b", "c");
    const paths = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")));
    fc.assert(
      fc.property(paths, fc.boolean(), (all, isDescending) => {
        // A file is never a folder too: the server refuses that.
        const files = all
          .filter((path) => !all.some((other) => other.startsWith(`${path}/`)))
          .map((path) => file(path));
        const rows = listFolder(files, listing({ isDescending }));
        assert.equal(
          rows.reduce((sum, row) => sum + row.files, 0),
          files.length,
        );
      }),
    );
  });
});

it("a file's MD5 is read from what the centre's clients wrote beside it, and from nothing else", () => {
  const md5 = "0".repeat(32);
  assert.equal(md5Of({ descriptor: `md5:${md5}` }), md5);
  assert.equal(md5Of({ descriptor: "a plot" }), undefined);
  assert.equal(md5Of({ descriptor: null }), undefined);
});
