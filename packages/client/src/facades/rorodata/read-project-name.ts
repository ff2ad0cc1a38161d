import { invalid } from "@cairn/core";

/**
 * The value of the top-level key `project` in a `cairn.yml`: a plain, '…' or "…" text on the key's own line. Other keys,
 * nested ones and comments are passed over.
 *
 * @returns undefined when there is no such key
 * @throws invalid when it has no such value
 */
export function readProjectName(yaml: string): string | undefined {
  for (const line of yaml.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const value = /^(?:project|"project"|'project')\s*:(?:\s+(.*))?$/.exec(line);
    if (value !== null) return readScalar((value[1] ?? "").trim());
  }
  return undefined;
}

function readScalar(text: string): string {
  const double = /^"((?:[^"\\]|\\["\\/])*)"\s*(?:#.*)?$/.exec(text);
  if (double !== null) return check((double[1] ?? "").replace(/\\(.)/g, "$1"), text);
  const single = /^'((?:[^']|'')*)'\s*(?:#.*)?$/.exec(text);
  if (single !== null) return check((single[1] ?? "").replaceAll("''", "'"), text);
  const plain = text.replace(/(?:^|\s)#.*$/, "").trim();
  // What YAML reads as something else than a text: lists, objects, blocks, anchors, tags, a second key.
  return check(/^[[\]{}|>&*!%@`"',?#-]|:(?:\s|$)/.test(plain) ? "" : plain, text);
}

function check(name: string, text: string): string {
  if (name.trim() !== "") return name;
  throw invalid(`Please specify \`project\` in cairn.yml as a name, such as 'project: credit'; it says '${text}'.`);
}
