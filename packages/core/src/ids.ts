import { invalid } from "./errors.ts";

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** 32 lower-case hex digits, the same on every wire. */
export type RunId = Branded<string, "RunId">;
/** `m-` and 32 lower-case hex digits, the same on every wire. */
export type CheckpointId = Branded<string, "CheckpointId">;
/** SHA-256 as 64 lower-case hex digits. */
export type Digest = Branded<string, "Digest">;

/** Chance comes in by the door. */
export interface IdSource {
  /** 128 random bits as 32 lower-case hex digits. */
  hex(): string;
  /** A whole number in 0 … below-1. */
  below(limit: number): number;
}

const runIdPattern = /^[0-9a-f]{32}$/;
const checkpointIdPattern = /^m-[0-9a-f]{32}$/;
const digestPattern = /^[0-9a-f]{64}$/;

export function isRunId(text: string): text is RunId {
  return runIdPattern.test(text);
}

/** @throws invalid unless the text is 32 lower-case hex digits. */
export function parseRunId(text: string): RunId {
  if (isRunId(text)) return text;
  throw invalid(`A run id is 32 lower-case hex digits, not '${clip(text)}'.`, { run: clip(text) });
}

export function isCheckpointId(text: string): text is CheckpointId {
  return checkpointIdPattern.test(text);
}

/** @throws invalid unless the text is `m-` and 32 lower-case hex digits. */
export function parseCheckpointId(text: string): CheckpointId {
  if (isCheckpointId(text)) return text;
  throw invalid(`A checkpoint's id is 'm-' and 32 lower-case hex digits, not '${clip(text)}'.`, {
    checkpoint: clip(text),
  });
}

/** @throws invalid unless the text is 64 lower-case hex digits. */
export function parseDigest(text: string): Digest {
  if (digestPattern.test(text)) return text as Digest;
  throw invalid(`A digest is a SHA-256 as 64 lower-case hex digits, not '${clip(text)}'.`, { digest: clip(text) });
}

/** User text in messages is cut, so that a 64 KB key cannot fill a log. */
export function clip(text: string, length = 80): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;
}
