import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readArtifactPath } from "./artifact-path.ts";
import {
  checkExperimentId,
  checkExperimentIds,
  checkKey,
  checkLocation,
  decodeFully,
  isKey,
  normalPath,
  truncate,
} from "./checks.ts";
import { WireError } from "./errors.ts";

describe("a path is normalised as POSIX does", () => {
  const cases = {
    "": ".",
    ".": ".",
    "a/./b": "a/b",
    "a/../b": "b",
    "..": "..",
    "../a": "../a",
    "/..": "/",
    "//a": "//a",
    "///a": "/a",
    "a/": "a",
    "a//b": "a/b",
    "a/..": ".",
  };
  for (const [path, normal] of Object.entries(cases))
    it(`'${path}' → '${normal}'`, () => assert.equal(normalPath(path), normal));
});

describe("a key", () => {
  it("is letters and digits of any script, and a few marks", () => {
    for (const key of ["a", "train/loss", "a b", "a:b", "a-b.c_d", "größe", "学習率", "1", ".hidden", "a..b"])
      assert.ok(isKey(key), key);
  });
  it("is judged alike by the quick pattern and by the rule", () => {
    const key = fc
      .array(fc.constantFrom("a", "Z", "9", "_", ".", "..", "-", " ", ":", "/", "//", "é", "#"), { maxLength: 8 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(key, (text) => {
        const isFine =
          /^[/\p{L}\p{N}_.\- :]+$/u.test(text) &&
          normalPath(text) === text &&
          !text.startsWith("..") &&
          !text.startsWith("/") &&
          text !== ".";
        assert.equal(isKey(text), isFine);
      }),
    );
  });
  it("is nothing that a file system would read as another name", () => {
    for (const key of [
      "",
      ".",
      "..",
      "..a",
      "/a",
      "a/",
      "a//b",
      "a/./b",
      "a/../b",
      "a#b",
      "a'b",
      "😀",
      "a\\b",
      "a\0b",
    ]) {
      assert.ok(!isKey(key), key);
    }
  });
});

describe("a location", () => {
  it("may be any URI without fragment, parameters or traversal in its query", () => {
    for (const location of ["s3://bucket/a", "my_location", "file:///tmp/x?a=b", "mlflow-artifacts:/x"])
      checkLocation(location);
    const refused = [
      "s3://b#f",
      "s3://b/a;p",
      "s3://b?a=..",
      "s3://b?a=%2e%2e",
      "s3://b?a=%252e%252e",
      "runs:/x/y",
      `s3://${"x".repeat(2048)}`,
    ];
    for (const location of refused) assert.throws(() => checkLocation(location), WireError, location);
  });
});

describe("an artifact's path", () => {
  it("is decoded until nothing is left to decode", () => {
    assert.equal(readArtifactPath("a%2520b/c.txt"), "a b/c.txt");
    assert.equal(readArtifactPath("100%/x"), "100%/x");
    assert.equal(decodeFully("%2525252525252525252525252541"), undefined);
  });

  const refused = [
    "..",
    "a/../b",
    "%2e%2e/a",
    "%252e%252e%252fa",
    "/a",
    "%2Fa",
    "//a",
    "a\\b",
    "a%5Cb",
    "a%255Cb",
    "C:/a",
    "c%3A/a",
    "a\0b",
    "a%00b",
    "a%2500b",
    "a#b",
    "a%23b",
    "file:///etc/passwd",
    "",
    "a//b",
    "a/./b",
    "a%0Ab",
    "%c0%ae%c0%ae/a\\",
    `${"%25".repeat(12)}41%2f..`,
  ];
  for (const path of refused) {
    it(`is refused: ${JSON.stringify(path)}`, () => {
      assert.throws(
        () => readArtifactPath(path),
        (error: unknown) => error instanceof WireError && /^Invalid path '.*': .+\. Give /s.test(error.message),
      );
    });
  }
});

describe("an experiment's id", () => {
  it("is a whole number; one too large names no experiment", () => {
    assert.equal(checkExperimentId("12"), 12);
    assert.throws(
      () => checkExperimentId("x"),
      /^WireError: Invalid experiment ID 'x'\. Experiment ID must be a valid integer\.$/,
    );
    assert.throws(() => checkExperimentId("9".repeat(30)), /No Experiment with id=9+ exists/);
    assert.throws(() => checkExperimentId("-1"), /No Experiment with id=-1 exists/);
  });
});

// Tens of megabytes were split, normalised or taken apart by character before anyone looked at their length.
describe("a huge text", () => {
  const huge = "a/".repeat(10_000_000);

  it("is refused as a key, a location or an id for its length alone", () => {
    assert.throws(
      () => checkKey(`${huge}#`, "key", "Tag key"),
      /'Tag key' exceeds the maximum length of 250 characters/,
    );
    assert.throws(() => checkLocation(`${huge}#`), /Invalid artifact path length/);
    assert.throws(() => checkExperimentId("1".repeat(10_001)), /Experiment ID must be a valid integer/);
    assert.throws(() => checkKey(`${"a/".repeat(500)}#`, "key", "Tag key"), /Names may only contain/);
  });

  it("is cut by characters, whatever they are", () => {
    assert.equal(truncate(huge, 3), "a/a");
    assert.equal(truncate(`a${"😀".repeat(10)}`, 4), "a😀😀😀");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, limit) => {
        assert.equal(truncate(text, limit), Array.from(text).slice(0, limit).join(""));
      }),
    );
  });
});

describe("experiments of a search", () => {
  it("are at most 10000", () => {
    assert.equal(checkExperimentIds(Array(10_000).fill("7")).length, 10_000);
    assert.throws(() => checkExperimentIds(Array(10_001).fill("x")), /at most 10000 experiments, not 10001/);
  });
});
