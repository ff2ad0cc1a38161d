import { invalid } from "@cairn/core";

const namePattern = /^[\p{L}\p{N}._-]{1,128}$/u;
/** File systems hold at most this many bytes in one name. */
const MAX_NAME_BYTES = 255;

/** @throws invalid unless the text may name a model or a version everywhere: in a folder, in a URL, before a colon. */
function checkName(what: string, text: string): string {
  if (typeof text === "string" && namePattern.test(text) && text !== "." && text !== "..") return text;
  throw invalid(
    `${what} is 1 to 128 letters, digits, '.', '_' and '-': '${String(text).slice(0, 150)}' is none. Choose another.`,
    { name: String(text).slice(0, 150) },
  );
}

export function checkModelName(text: string): string {
  return checkName("A model's name", text);
}

/** @throws invalid also for `latest`, which is the newest sealed version and no name of one. */
export function checkVersionName(text: string): string {
  const name = checkName("A version", text);
  if (name.toLowerCase() !== "latest") return name;
  throw invalid("A version is not called 'latest': that is the newest sealed one, whichever it is. Choose another.");
}

/**
 * What the seed calls a pipe: one version of a model.
 * @throws invalid where the two together are too long for a folder's name.
 * @example
 * pipeName("credit", "1.0"); // "credit-v1.0"
 */
export function pipeName(model: string, version: string): string {
  const name = `${model}-v${version}`;
  if (new TextEncoder().encode(name).length <= MAX_NAME_BYTES) return name;
  throw invalid(`'${name.slice(0, 150)}…' is over ${MAX_NAME_BYTES} bytes. Choose a shorter model or version name.`);
}
