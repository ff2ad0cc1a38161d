import { runSchema, runStates, type TableColumns } from "@cairn/core";
import type { KnownField } from "./complete.ts";

/** What a query over these runs may ask about. */
export function knownFields(keys: TableColumns | undefined): readonly KnownField[] {
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
    ...(keys?.metrics ?? []).map(({ field }): KnownField => ({ text: field, kind: "metric", type: "number" })),
    ...(keys?.parameters ?? []).map(({ field }): KnownField => ({ text: field, kind: "parameter", type: "any" })),
    ...(keys?.tags ?? []).map(({ field }): KnownField => ({ text: field, kind: "tag", type: "any" })),
    { text: "label", kind: "label", type: "text", values: keys?.labels.map(({ label }) => label) },
    ...["dataset.name", "dataset.digest", "dataset.context"].map(
      (text): KnownField => ({ text, kind: "dataset", type: "text" }),
    ),
  ];
}
