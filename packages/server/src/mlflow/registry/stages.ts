import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";

/** MLflow's stages. A version in none of them is in `None`; core says "". */
export const stages = ["None", "Staging", "Production", "Archived"] as const;
export type Stage = (typeof stages)[number];

export const ARCHIVED: Stage = "Archived";

/** Stages whose versions a transition may archive. */
const active: readonly Stage[] = ["Staging", "Production"];

/** In any case. @throws WireError for another word. */
export function parseStage(text: string): Stage {
  const stage = stages.find((name) => name.toLowerCase() === text.toLowerCase());
  if (stage !== undefined) return stage;
  throw invalidValue(`Invalid Model Version stage: ${clip(text)}. Value must be one of ${stages.join(", ")}.`);
}

/** @throws WireError where other versions of the stage cannot be archived. */
export function checkArchiving(stage: Stage, given: string): void {
  if (active.includes(stage)) return;
  throw invalidValue(
    `Model version transition cannot archive existing model versions because '${clip(given)}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
  );
}

export function encodeStage(stage: string): string {
  return stage === "" ? "None" : stage;
}

export function decodeStage(stage: Stage): string {
  return stage === "None" ? "" : stage;
}
