import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Checks every sum, and refuses names that lead out. */
const SCRIPT = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    bad = archive.testzip()
    assert bad is None, bad
    for name in archive.namelist():
        assert not name.startswith("/") and ".." not in name.split("/") and "\\\\" not in name, name
    archive.extractall(sys.argv[2])
`;

/**
 * What a zip holds, read by Python's zipfile, which is not ours.
 * @returns name → bytes, by name.
 * @throws Error with its words for what is no whole zip.
 */
export async function unzip(bytes: Uint8Array): Promise<Record<string, Buffer>> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-unzip-"));
  try {
    const [archive, out] = [join(folder, "a.zip"), join(folder, "out")];
    writeFileSync(archive, bytes);
    mkdirSync(out);
    execFileSync(process.env["PYTHON"] ?? "python3", ["-c", SCRIPT, archive, out], { stdio: "pipe" });
    const names = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
    const files = names.filter((name) => statSync(join(out, name)).isFile());
    return Object.fromEntries(files.map((name) => [name, readFileSync(join(out, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
