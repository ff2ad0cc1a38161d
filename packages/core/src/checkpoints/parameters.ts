import { conflict, invalid, notFound } from "../errors.ts";
import { clip } from "../ids.ts";
import { jsonText } from "../json.ts";
import type { ParameterInput } from "../runs/inputs.ts";
import { flatKey } from "../runs/parameters.ts";
import { decodeValue, encodeValue } from "../runs/values.ts";
import type { Tx } from "../store/tx.ts";
import type { CheckpointRow } from "./rows.ts";

/**
 * Adds parameters; a value that is already there is left as it is.
 * @throws invalid when a key stands twice in one call; conflict when a value differs.
 */
export function putCheckpointParameters(tx: Tx, { row, id }: CheckpointRow, inputs: readonly ParameterInput[]): void {
  const seen = new Set<string>();
  for (const input of inputs) {
    const key = flatKey(input);
    if (seen.has(key)) {
      throw invalid(`The parameter '${clip(key)}' stands twice in one call; give it once.`, { duplicates: [key] });
    }
    seen.add(key);
    const value = encodeValue(input.value);
    const present = tx.get("checkpointParameters", row, key);
    if (present === undefined) {
      tx.put("checkpointParameters", { checkpoint: row, key, group: input.group ?? "", value });
    } else if (jsonText(decodeValue(present.value)) !== jsonText(input.value)) {
      throw conflict(
        `The parameter '${clip(key)}' of checkpoint '${id}' is '${clip(jsonText(decodeValue(present.value)))}' and cannot become '${clip(jsonText(input.value))}'. Give it another key.`,
        { checkpoint: id, key },
      );
    }
  }
}

/** Sets tags; null removes one. @throws not_found with `strict`, when a tag to remove is not there. */
export function putCheckpointTags(
  tx: Tx,
  { row, id }: CheckpointRow,
  tags: Readonly<Record<string, string | null>>,
  strict = false,
): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value !== null) tx.put("checkpointTags", { checkpoint: row, key, value });
    else if (strict && tx.get("checkpointTags", row, key) === undefined) {
      throw notFound(`Checkpoint '${id}' has no tag '${clip(key)}'.`, { checkpoint: id, tag: clip(key) });
    } else tx.delete("checkpointTags", row, key);
  }
}
