import cliProgress from "cli-progress";
import { formatBytes } from "./format.ts";

export interface TransferBar {
  /** @param note what is under way */
  tell(progress: { readonly bytes: number; readonly totalBytes: number; readonly note?: string }): void;
  stop(): void;
}

/** A bar on stderr for bytes that travel, from the first on; none where stderr is no terminal, or `isShown` is false. */
export function transferBar(isShown: boolean): TransferBar {
  if (!isShown || process.stderr.isTTY !== true) return { tell: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage}%  {done} of {all}  {note}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let isStarted = false;
  return {
    tell({ bytes, totalBytes, note = "" }) {
      const shown = { done: formatBytes(bytes), all: formatBytes(totalBytes), note };
      if (!isStarted) bar.start(Math.max(totalBytes, 1), 0, shown);
      isStarted = true;
      bar.update(bytes, shown);
    },
    stop: () => {
      if (isStarted) bar.stop();
    },
  };
}
