import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";

export type Coding = "br" | "gzip" | "identity";

/** One answer's bytes, and the validator that stands for exactly these bytes. */
export interface WebBody {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly coding: Coding;
}

/** A file of the built page. */
export interface WebFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly type: string;
  /** Its name holds a hash of its content: whoever has it never needs to ask again. */
  readonly isImmutable: boolean;
  /** Some reader may get it packed: caches must keep the forms apart. */
  readonly isPacked: boolean;
  /**
   * @param accepted what the reader unpacks; the smallest form that fits is taken.
   * @returns undefined when a new build took it away this moment.
   */
  read(accepted: ReadonlySet<Coding>): Promise<WebBody | undefined>;
}

/** What a build left: found by name only, so no path from outside ever reaches the disk. */
export interface WebFiles {
  find(path: string): WebFile | undefined;
  /** The text of `index.html`. */
  readonly index: string;
}

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/vnd.microsoft.icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  map: "application/json; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
};

/** Smallest first. */
const packings: readonly (readonly [Coding, string])[] = [
  ["br", ".br"],
  ["gzip", ".gz"],
];

/**
 * Follows a folder that `npm run build` fills: what is there now, read anew when `index.html` has changed, so that a build
 * beside a running server is seen.
 * @returns a function that gives undefined while nothing is built.
 */
export function followWebFiles(folder: string): () => Promise<WebFiles | undefined> {
  let known: { readonly mark: string; readonly files: Promise<WebFiles | undefined> } | undefined;
  return async () => {
    const mark = await markOf(join(folder, "index.html"));
    if (mark === undefined) return undefined;
    if (known?.mark !== mark) known = { mark, files: readFolder(folder) };
    try {
      return await known.files;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
}

async function markOf(path: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return undefined;
  }
}

async function readFolder(folder: string): Promise<WebFiles | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
    );
  const all = new Set(paths);
  const files = new Map<string, WebFile>();
  for (const path of paths) {
    const file = describeFile(folder, path, all);
    if (file !== undefined) files.set(path, file);
  }
  const index = await readFile(join(folder, "index.html"), "utf8");
  return Object.freeze({ index, find: (path: string) => files.get(path) });
}

/** Only what browsers are meant to load: a build's own notes are not shown. */
function describeFile(folder: string, path: string, all: ReadonlySet<string>): WebFile | undefined {
  const type = types[path.slice(path.lastIndexOf(".") + 1)];
  if (type === undefined || path.split("/").some((name) => name.startsWith("."))) return undefined;
  const packed = packings.filter(([, ending]) => all.has(path + ending));
  const etags = new Map<Coding, string>();
  return Object.freeze({
    path,
    type,
    isImmutable: path.startsWith("assets/"),
    isPacked: packed.length > 0,
    read: async (accepted: ReadonlySet<Coding>) => {
      const [coding, ending] = packed.find(([name]) => accepted.has(name)) ?? (["identity", ""] as const);
      const bytes = await readIfThere(join(folder, path + ending));
      if (bytes === undefined) return undefined;
      const etag = etags.get(coding) ?? etagOf(bytes);
      etags.set(coding, etag);
      return { bytes, etag, coding };
    },
  });
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** A strong validator: the same for the same bytes, on every server. */
export function etagOf(bytes: string | Uint8Array): string {
  return `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
}
