import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { decodePercent } from "./percent.ts";

declare const brand: unique symbol;
/** A relative path that cannot leave its tree: names joined by `/`, none empty, `.` or `..`, no backslash, no control character. */
export type ArtifactPath = string & { readonly [brand]: "ArtifactPath" };

/** File systems hold at most this many bytes in one name, and this keeps a path printable. */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 2048;
/** More layers of percent encoding than any honest name has. */
const MAX_LAYERS = 10;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds.
const forbidden = /[\u0000-\u001f\u007f-\u009f\\]/;

/**
 * Parses a path that is already decoded. A trailing `/` is dropped. A name may hold percent signs, but none that would
 * lead out of the tree once somebody else (a proxy, a script that fetches what a list names) decodes it again.
 *
 * @throws invalid for an absolute path, a drive letter, `.` or `..` segments, backslashes, control characters, lone
 * surrogates, names over 255 bytes and paths over 2048 bytes (UTF-8); and for what is any of the first five in a further
 * layer of percent encoding, or has more than ten of them.
 */
export function parseArtifactPath(text: string): ArtifactPath {
  const path = text.endsWith("/") ? text.slice(0, -1) : text;
  const reason = problemOf(path) ?? problemOfLayers(path);
  if (reason !== null) {
    throw invalid(`Invalid path '${clip(text)}': ${reason}. Give a relative path such as 'plots/loss.png'.`, {
      path: clip(text),
    });
  }
  return path as ArtifactPath;
}

function problemOfLayers(path: string): string | null {
  let text = path;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const next = decodePercent(text);
    if (next === text) return null;
    const reason = leadsOut(next) ?? dotsIn(next);
    if (reason !== null) return `decoded ${layer === 0 ? "once" : `${layer + 1} times`} more, ${reason}`;
    text = next;
  }
  return `it is percent-encoded more than ${MAX_LAYERS} times`;
}

function leadsOut(path: string): string | null {
  if (path.startsWith("/")) return "it is absolute";
  if (/^[A-Za-z]:/.test(path)) return "it starts with a drive letter";
  return forbidden.test(path) ? "it has a backslash or a control character" : null;
}

function dotsIn(path: string): string | null {
  const name = /(?:^|\/)(\.\.?)(?:\/|$)/.exec(path)?.[1];
  return name === undefined ? null : `'${name}' is not a name`;
}

function problemOf(path: string): string | null {
  if (path === "") return "it is empty";
  const reason = leadsOut(path);
  if (reason !== null) return reason;
  if (!path.isWellFormed()) return "it is not well-formed Unicode";
  let total = 0;
  for (const name of path.split("/")) {
    if (name === "") return "it has an empty name";
    if (name === "." || name === "..") return `'${name}' is not a name`;
    const bytes = utf8Length(name);
    if (bytes > MAX_NAME_BYTES) return `a name in it is longer than ${MAX_NAME_BYTES} bytes`;
    total += bytes + 1;
  }
  return total - 1 > MAX_PATH_BYTES ? `it is longer than ${MAX_PATH_BYTES} bytes` : null;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
