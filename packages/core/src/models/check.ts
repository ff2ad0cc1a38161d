import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import type { Json } from "../json.ts";
import { checkItems, checkName, checkText, checkWhole, MAX_KEY_LENGTH } from "../limits.ts";
import { encodeValue } from "../runs/values.ts";
import { type VersionKey, type VersionState, versionStates } from "./version.ts";

/** Longest stage, author or id of a source. */
const MAX_WORD = 256;
/** Longest URI of a source. */
const MAX_URI = 10_000;

export function checkModelId(id: number): number {
  return checkWhole("A model's id", id, 0);
}

export function checkKey(model: number, number: number): VersionKey {
  return { model: checkModelId(model), number: checkWhole("A version's number", number, 0) };
}

export function checkMetadata(metadata: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
    throw invalid("Metadata must be an object.");
  const entries = Object.entries(metadata);
  checkItems("metadata", entries.length);
  for (const [key, value] of entries) {
    checkName("A key of metadata", key, MAX_KEY_LENGTH);
    const what = `The metadata '${clip(key)}'`;
    if (value === undefined) throw invalid(`${what} has no value; null is one.`, { key: clip(key) });
    checkText(what, encodeValue(value));
  }
  return metadata;
}

export function checkVersionState(state: VersionState): VersionState {
  if (versionStates.includes(state)) return state;
  throw invalid(`A version is ${versionStates.join(" or ")}, not '${clip(String(state))}'.`);
}

export function checkWord(what: string, text: string): string {
  return checkText(what, text, MAX_WORD);
}

/** null and undefined go through as they are. */
export function checkMaybeWord<T extends string | null | undefined>(what: string, text: T): T {
  if (text != null) checkName(what, text, MAX_WORD);
  return text;
}

export function checkUri<T extends string | null | undefined>(what: string, text: T): T {
  if (text != null) checkText(what, text, MAX_URI);
  return text;
}
