import type { Choice } from "./patterns.ts";
import type { Merge, Move, Plan } from "./plan.ts";

/** How far a transfer is. */
export interface TransferProgress {
  readonly path: string;
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface TransferOptions extends Choice {
  readonly merge?: Merge | undefined;
  /** Says what would move, and moves nothing. */
  readonly dryRun?: boolean | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** What moved, or would move. */
export interface Transfer {
  readonly dryRun: boolean;
  readonly moved: readonly Move[];
  /** Bytes of what moved. */
  readonly bytes: number;
  readonly unchanged: readonly string[];
  readonly kept: readonly string[];
}

export function transferOf({ moves, unchanged, kept }: Plan, dryRun: boolean): Transfer {
  return { dryRun, moved: moves, bytes: sizeOf(moves), unchanged, kept };
}

/** Turns what is known of the file under way into how far the whole transfer is. */
export function meterOf(moves: readonly Move[], onProgress: TransferOptions["onProgress"]) {
  const sizes = new Map(moves.map(({ path, size }) => [path, size]));
  const totals = { totalFiles: moves.length, totalBytes: sizeOf(moves) };
  let files = 0;
  let bytes = 0;
  return {
    /** So many bytes of this file are there. */
    tell: (path: string, part: number): void => onProgress?.({ path, files, bytes: bytes + part, ...totals }),
    /** All of it is. */
    pass: (path: string): void => {
      files += 1;
      bytes += sizes.get(path) ?? 0;
      onProgress?.({ path, files, bytes, ...totals });
    },
  };
}

function sizeOf(moves: readonly Move[]): number {
  return moves.reduce((sum, { size }) => sum + size, 0);
}
