import type { ArtifactOptions } from "../services.ts";

/** Where a file is to stand: in a run, in a checkpoint, or, when neither is named, among the project's loose files. */
export interface FileTarget {
  readonly run?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly path: string;
}

/** Refuses what a write of these would be refused for, before any byte is spent on it. */
export type CheckWrite = (target: FileTarget, options: ArtifactOptions) => Promise<void>;

/** The owner as messages name it (null for loose files), and as details do. */
export function ownerOf({ run, checkpoint }: Omit<FileTarget, "path">): {
  readonly what: string | null;
  readonly details: Readonly<Record<string, string>>;
} {
  if (checkpoint !== undefined) return { what: `Checkpoint '${checkpoint}'`, details: { checkpoint } };
  return run === undefined ? { what: null, details: {} } : { what: `Run '${run}'`, details: { run } };
}
