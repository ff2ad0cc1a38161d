import { runSchema, runStates } from "@cairn/core";
import { keyText } from "../../lib/filter-text.ts";
import type { KnownField } from "../../parts/query/complete.ts";
import type { RunKeys } from "../../parts/runs/use-run-keys.ts";

/** What a query over these runs may ask about. */
export function knownFields(keys: RunKeys | undefined): readonly KnownField[] {
  const attributes = Object.entries(runSchema.attributes).map(
    ([text, type]): KnownField => ({
      text,
      kind: "attribute",
      type,
      ...(text === "state" ? { values: runStates } : {}),
    }),
  );
  return [
    ...attributes,
    ...(keys?.metrics ?? []).map(({ key }): KnownField => ({ text: `metrics.${keyText(key)}`, kind: "metric", type: "number" })),
    ...(keys?.parameters ?? []).map(({ key }): KnownField => ({ text: `params.${keyText(key)}`, kind: "parameter", type: "any" })),
    ...(keys?.tags ?? []).map(({ key }): KnownField => ({ text: `tags.${keyText(key)}`, kind: "tag", type: "any" })),
    { text: "label", kind: "label", type: "text", values: keys?.labelNames },
    ...["dataset.name", "dataset.digest", "dataset.context"].map((text): KnownField => ({ text, kind: "dataset", type: "text" })),
  ];
}
