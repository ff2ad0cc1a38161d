import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";

/** Shown as text by every browser, whatever it is: logs, settings, code, tables. */
const textLike = new Set(
  (
    "txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json jsonl js py py3 csv tsv md rst " +
    "sh sql ts r ipynb"
  ).split(" "),
);

/** Files of models that go without an extension. */
const textNames = new Set(["mlmodel", "mlproject"]);

const types: Readonly<Record<string, string>> = {
  apng: "image/apng",
  avif: "image/avif",
  bmp: "image/bmp",
  bz2: "application/x-bzip2",
  css: "text/css",
  flac: "audio/flac",
  gif: "image/gif",
  gz: "application/gzip",
  htm: "text/html",
  html: "text/html",
  ico: "image/vnd.microsoft.icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mjs: "text/javascript",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  object: "application/vnd.cairn.object",
  ogv: "video/ogg",
  parquet: "application/vnd.apache.parquet",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  tar: "application/x-tar",
  tif: "image/tiff",
  tiff: "image/tiff",
  wasm: "application/wasm",
  wav: "audio/wav",
  weba: "audio/webm",
  webm: "video/webm",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  zip: "application/zip",
  zst: "application/zstd",
};

const extensions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(types).map(([extension, type]) => [type, extension])),
  "application/json": "json",
  "application/octet-stream": "bin",
  "application/x-ndjson": "jsonl",
  "application/xml": "xml",
  "application/yaml": "yaml",
  "image/jpeg": "jpg",
  "image/tiff": "tiff",
  "text/csv": "csv",
  "text/html": "html",
  "text/markdown": "md",
  "text/plain": "txt",
  "text/tab-separated-values": "tsv",
};

// RFC 9110 §8.3.1: type "/" subtype, then parameters. Held to what can stand in a header as it is.
const mediaType =
  /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:\s*;\s*[\w!#$&^.+-]{1,127}=(?:[\w!#$&^.+'-]{1,127}|"[\w !#-~]{0,127}"))*$/;

/**
 * What a file is, by the extension of its name: text-like ones are `text/plain`, unknown ones `application/octet-stream`.
 *
 * @example
 * contentTypeOf("plots/loss.png"); // "image/png"
 * contentTypeOf("conf/train.yaml"); // "text/plain"
 */
export function contentTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (textNames.has(name)) return "text/plain";
  const dot = name.lastIndexOf(".");
  const extension = dot < 0 ? "" : name.slice(dot + 1);
  if (textLike.has(extension)) return "text/plain";
  return Object.hasOwn(types, extension) ? (types[extension] ?? "") : "application/octet-stream";
}

/** The extension for a content type, without the dot; `bin` for an unknown one. */
export function extensionOf(contentType: string | null): string {
  const bare = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return Object.hasOwn(extensions, bare) ? (extensions[bare] ?? "bin") : "bin";
}

/** Where a file goes that came without a path. `id`: fresh chance, so that two never meet. */
export function pathWithoutName(id: string, contentType: string | null): string {
  return `artifacts/${id}.${extensionOf(contentType)}`;
}

/** @throws invalid unless the text is a media type that may stand in a header. */
export function parseContentType(text: string): string {
  if (text.length <= 255 && mediaType.test(text)) return text;
  throw invalid(`A content type is such as 'image/png', not '${clip(text)}'.`, { contentType: clip(text) });
}
