import { clip } from "@cairn/core";
import { checkKey, checkLength, checkPlainPath } from "../checks.ts";
import { invalidValue } from "../errors.ts";
import { missing } from "../proto/decode.ts";

const MAX_TAG_KEY = 250;
const MAX_TAG_VALUE = 100_000;
const MAX_ALIAS = 255;

/** @throws WireError unless a model may have the name. `place` is the field that it came in. */
export function checkModelName(name: string, place = "name"): string {
  if (name.trim() === "") throw missing(place);
  if (/[/:]/.test(name)) throw invalidValue(`Invalid model name '${clip(name)}'. Names cannot contain '/' or ':'.`);
  checkPlainPath(name, "name");
  return name;
}

/** @throws WireError unless the text is a whole number, as Python's `int` reads it. */
export function parseVersion(text: string): number {
  const number = /^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isInteger(number)) return number;
  throw invalidValue(`Parameter 'version' must be an integer, got '${clip(text)}'.`);
}

/** A tag of a model or version: of the same key the last one counts. */
export function readTags(
  tags: readonly { readonly key: string; readonly value?: string | undefined }[],
): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => checkRegistryTag(key, value)));
}

export function checkRegistryTag(key: string, value = ""): readonly [key: string, value: string] {
  checkKey(key, "key", "key");
  checkLength("key", MAX_TAG_KEY, key);
  return [key, checkLength("value", MAX_TAG_VALUE, value)];
}

/** @throws WireError unless the text has the form of an alias. */
export function checkAliasForm(alias: string): string {
  checkLength("Registered model alias name", MAX_ALIAS, alias);
  if (/^[\p{L}\p{N}_-]+$/u.test(alias)) return alias;
  throw invalidValue(
    `Invalid alias name: '${clip(alias)}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
  );
}

/** @throws WireError also for those that nobody may set. */
export function checkNewAlias(alias: string): string {
  checkAliasForm(alias);
  if (alias.toLowerCase() === "latest") throw invalidValue("'latest' alias name (case insensitive) is reserved.");
  if (/^[vV]\d+$/.test(alias)) throw invalidValue(`Version alias name '${clip(alias)}' is reserved.`);
  return alias;
}
