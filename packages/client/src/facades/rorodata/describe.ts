import { type Json, jsonText } from "@cairn/core";
import type { Metadata } from "./metadata.ts";

const SUMMARY = ["Model-ID", "Model-Name", "Model-Version", "Date"] as const;
/** Said elsewhere: the comment stands below, tags move. */
const HIDDEN = ["comment", "tag"];

/** As a log shows an image: four keys, a blank line, the comment indented, a blank line. */
export function describeSummary(metadata: Metadata): string {
  return describe(metadata, SUMMARY);
}

/** With all keys: the four first, then the others in alphabetical order, whatever their case. */
export function describeDetails(metadata: Metadata): string {
  const first: readonly string[] = SUMMARY;
  const others = Object.keys(metadata).filter((key) => !first.includes(key) && !HIDDEN.includes(key.toLowerCase()));
  const folded = (key: string) => key.toLowerCase();
  others.sort((a, b) => (folded(a) < folded(b) ? -1 : folded(a) > folded(b) ? 1 : a < b ? -1 : 1));
  return describe(metadata, [...first, ...others]);
}

function describe(metadata: Metadata, keys: readonly string[]): string {
  const lines = keys.map((key) => `${key}: ${oneLine(metadata[key] ?? null)}`);
  const comment = String(metadata["Comment"] ?? "");
  if (comment === "") return [...lines, ""].join("\n");
  const indented = comment.split(/\r?\n/).map((line) => `    ${line}`.trimEnd());
  return [...lines, "", ...indented, ""].join("\n");
}

/** A text with a line end in it is quoted, so that it cannot pass for another line. */
function oneLine(value: Json): string {
  const text = jsonText(value);
  return /[\r\n\u2028\u2029]/.test(text) ? JSON.stringify(text) : text;
}
