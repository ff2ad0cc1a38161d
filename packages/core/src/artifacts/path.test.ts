import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../errors.ts";
import { parseArtifactPath } from "./path.ts";
import { decodePercent } from "./percent.ts";

const HOSTILE = [
  ["", "empty"],
  ["/", "only a slash"],
  ["/etc/passwd", "absolute"],
  ["//host/share", "absolute, of a host"],
  ["C:", "a drive"],
  ["c:/windows", "a drive"],
  ["C:relative", "a drive's own current folder"],
  ["..", "the parent"],
  [".", "itself"],
  ["../x", "above"],
  ["a/../b", "up and down"],
  ["a/..", "up at the end"],
  ["a/./b", "a dot within"],
  ["a//b", "an empty name"],
  ["a//", "an empty name at the end"],
  ["..\\x", "above, in the other slash"],
  ["a\\b", "a backslash"],
  ["\\\\host\\share", "a share"],
  ["a\0.png", "NUL"],
  ["a\nb", "a line break"],
  ["a\u007f", "delete"],
  ["a\u009bx", "a terminal's escape"],
  ["a\ud800", "half a surrogate pair"],
  ["n".repeat(256), "a name of 256 bytes"],
  ["深".repeat(86), "a name of 258 bytes"],
  ["x".repeat(65_536), "64 KB"],
  [`${"n/".repeat(1024)}n`, "2049 bytes"],
  ["%2e%2e/x", "above, once more decoded"],
  ["a/%2E%2e%2fx", "up, once more decoded"],
  ["%252e%252e%252fx", "above, twice more decoded"],
  ["%2fetc%2fpasswd", "absolute, once more decoded"],
  ["c%3a%5cx", "a drive, once more decoded"],
  ["a%5cb", "a backslash, once more decoded"],
  ["%00", "NUL, once more decoded"],
  [`%${"25".repeat(12)}41`, "layer upon layer"],
] as const;

const FINE = [
  "a",
  "a/b/c.txt",
  "...",
  "..a/.b/c..",
  "a b",
  "O'Brien.txt",
  "😀",
  "100%",
  "a%20b%25.txt",
  "https%3A%2F%2Fexample.org%2Fa.html",
  "%c0%ae%c0%ae/x",
  "%zz",
  "..%ef%bc%8fx",
  "ab:c",
  "-rf",
  "n".repeat(255),
  `${"n/".repeat(1023)}nn`,
];

function accepts(text: string): boolean {
  try {
    parseArtifactPath(text);
    return true;
  } catch (error) {
    assert.ok(isTrackerError(error) && error.code === "invalid");
    // A long path in the message would fill the log with every try.
    assert.ok(error.message.length < 400, `${error.message.length} characters`);
    return false;
  }
}

describe("an artifact's path", () => {
  for (const [text, what] of HOSTILE) {
    it(`is refused when it is ${what}: ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(accepts(text), false));
  }

  for (const text of FINE) {
    it(`may be ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(parseArtifactPath(text), text));
  }

  it("loses one slash at its end", () => assert.equal(parseArtifactPath("plots/"), "plots"));

  it("tells what is wrong with it", () => {
    assert.throws(() => parseArtifactPath("a/../b"), /Invalid path 'a\/..\/b': '\.\.' is not a name/);
  });

  // The one promise: whatever was accepted, joined to a folder by either system's rules, lies below that folder.
  it("never leads out of the folder it is joined to", () => {
    const piece = fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "a",
      "C:",
      "\0",
      "%2e",
      "%2f",
      "😀",
      " ",
      "~",
      "",
      "//",
      "b.txt",
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary", maxLength: 40 }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(text, (hostile) => {
        if (!accepts(hostile)) return;
        accepted += 1;
        const path = parseArtifactPath(hostile);
        for (const [flavour, root] of [[posix, "/data/run"] as const, [win32, "C:\\data\\run"] as const]) {
          const joined = flavour.resolve(root, path);
          assert.ok(joined.startsWith(root + flavour.sep), `${JSON.stringify(path)} became ${joined}`);
          assert.equal(joined, root + flavour.sep + path.split("/").join(flavour.sep));
        }
        assert.equal(parseArtifactPath(path), path);
        // Nor does it once somebody else decodes it again: empty names are all that a further layer may bring.
        assert.doesNotMatch(decodePercent(path), /^\/|^[a-z]:|\\|(?:^|\/)\.\.?(?:\/|$)/i);
      }),
      { numRuns: 5000 },
    );
    assert.ok(accepted > 200, `only ${accepted} paths were accepted: the test says little`);
  });
});
