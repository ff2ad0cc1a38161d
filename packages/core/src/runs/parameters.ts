import { conflict, invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { jsonText } from "../json.ts";
import type { Tx } from "../store/tx.ts";
import type { ParameterInput } from "./inputs.ts";
import { internName } from "./names.ts";
import type { RunRow } from "./rows.ts";
import { decodeValue, encodeValue } from "./values.ts";

/** `key`, or `group/key`: the one name by which wires, searches and charts know a parameter. */
export function flatKey(parameter: { readonly group?: string | undefined; readonly key: string }): string {
  return parameter.group ? `${parameter.group}/${parameter.key}` : parameter.key;
}

/**
 * Puts parameters; a value that is already there is left as it is.
 * @throws invalid when a key stands twice in one call; conflict, with every changed one in `details.parameters`
 * ({key, old, new} as texts), when a value differs and `replace` is false.
 */
export function putParameters(tx: Tx, run: RunRow, parameters: readonly ParameterInput[], replace: boolean): void {
  const changed: { key: string; old: string; new: string }[] = [];
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const key = flatKey(parameter);
    if (seen.has(key)) {
      throw invalid(`The parameter '${clip(key)}' stands twice in one call; give it once.`, { duplicates: [key] });
    }
    seen.add(key);
    const name = internName(tx, key);
    const value = encodeValue(parameter.value);
    const present = tx.get("parameters", run.row, name);
    if (present !== undefined && present.value === value && !replace) continue;
    if (present !== undefined && !replace) {
      const old = jsonText(decodeValue(present.value));
      const text = jsonText(parameter.value);
      if (old !== text) changed.push({ key, old, new: text });
      continue;
    }
    tx.put("parameters", { run: run.row, name, group: parameter.group ?? "", value });
  }
  const first = changed[0];
  if (first === undefined) return;
  throw conflict(
    `The parameter '${clip(first.key)}' of run '${run.id}' is '${clip(first.old)}' and cannot become '${clip(first.new)}'. Log it under another key, or say replace: true.`,
    { run: run.id, parameters: changed },
  );
}
