import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { checkItems } from "../limits.ts";
import { parseField } from "../search/parse-field.ts";

/** The parts of a run that a search may leave behind; its own fields always come along. */
export const runParts = ["parameters", "metrics", "tags", "labels", "inputs", "outputs", "used"] as const;
export type RunPart = (typeof runParts)[number];

/** What to read of each run: whole parts, and single keys of the keyed ones. */
export interface RunFields {
  readonly parts: readonly RunPart[];
  readonly parameters: readonly string[];
  readonly metrics: readonly string[];
  readonly tags: readonly string[];
}

const MAX_FIELDS = 500;

/**
 * Reads which of a run's parts a caller wants: a part's name (`parameters`), or a field as queries write it (`tags.team`,
 * `metrics."val/loss".min`, which brings that metric). Fields of the run itself are taken and change nothing.
 *
 * @throws invalid for what is neither; too_large for more than 500.
 */
export function parseRunFields(fields: readonly string[]): RunFields {
  checkItems("fields", fields.length, MAX_FIELDS);
  const parts = new Set<RunPart>();
  const keys = { parameter: new Set<string>(), metric: new Set<string>(), tag: new Set<string>() };
  for (const text of fields) {
    if (typeof text !== "string") throw invalid(`A field is a text, not ${clip(JSON.stringify(text) ?? "nothing")}.`);
    if ((runParts as readonly string[]).includes(text)) {
      parts.add(text as RunPart);
      continue;
    }
    const field = parseField(text);
    if (field.kind === "label") parts.add("labels");
    else if (field.kind === "dataset") parts.add("inputs");
    else if (field.kind !== "attribute" && field.key !== null) keys[field.kind as keyof typeof keys].add(field.key);
  }
  return {
    parts: [...parts],
    parameters: parts.has("parameters") ? [] : [...keys.parameter],
    metrics: parts.has("metrics") ? [] : [...keys.metric],
    tags: parts.has("tags") ? [] : [...keys.tag],
  };
}
