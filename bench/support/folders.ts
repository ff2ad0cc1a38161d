import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const cache = join(tmpdir(), "cairn-bench-cache");

/**
 * A data folder that takes long to fill, filled once and kept below the system's temporary folder. Its name holds a hash
 * of the code that says how things are stored, so that a change of the format makes a new one; older ones are removed.
 */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const target = join(cache, `${name}-${hashOfFormat()}`);
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) {
    if (old.startsWith(`${name}-`)) rmSync(join(cache, old), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(cache, "draft-"));
  try {
    await fill(draft);
    renameSync(draft, target);
    return target;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A copy of its own, for what writes to it. */
export function copyFolder(source: string): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "cairn-bench-copy-"));
  cpSync(source, folder, { recursive: true });
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

function hashOfFormat(): string {
  const hash = createHash("sha256");
  const patterns = [
    "packages/core/src/**/rows.ts",
    "packages/core/src/series/codec/*.ts",
    "packages/stores/src/sqlite/schema*",
    "bench/support/seeds/*.ts",
    "bench/support/metrics.ts",
  ];
  for (const file of globSync(patterns, { cwd: root }).sort()) {
    if (!file.endsWith(".test.ts")) hash.update(readFileSync(join(root, file)));
  }
  return hash.digest("hex").slice(0, 12);
}
