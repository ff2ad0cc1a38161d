import { artifactChanges } from "../artifacts/changes.ts";
import { checkpointChanges } from "../checkpoints/changes.ts";
import { experimentChanges } from "../experiments/changes.ts";
import { modelChanges } from "../models/changes.ts";
import { projectChanges } from "../projects/changes.ts";
import { runChanges } from "../runs/changes.ts";
import { seriesChanges } from "../series/changes.ts";
import { viewChanges } from "../views/changes.ts";
import type { WriteContext } from "./context.ts";

/** Every way to change the record: kind → rule. A rule checks what must hold, puts rows, and answers; it throws to refuse. */
export const changes = {
  ...projectChanges,
  ...experimentChanges,
  ...runChanges,
  ...seriesChanges,
  ...artifactChanges,
  ...checkpointChanges,
  ...modelChanges,
  ...viewChanges,
} as const;

export type Changes = typeof changes;
export type ChangeKind = keyof Changes;
export type ChangeInput<K extends ChangeKind> = Parameters<Changes[K]>[1];
export type ChangeOutput<K extends ChangeKind> = ReturnType<Changes[K]>;

/** Applies one change in the current savepoint. The adapter rolls the savepoint back if this throws. */
export function applyChange<K extends ChangeKind>(
  context: WriteContext,
  kind: K,
  input: ChangeInput<K>,
): ChangeOutput<K> {
  const rule = changes[kind] as unknown as (context: WriteContext, input: ChangeInput<K>) => ChangeOutput<K>;
  return rule(context, input);
}
