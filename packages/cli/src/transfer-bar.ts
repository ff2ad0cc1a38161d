import cliProgress from "cli-progress";
import { formatBytes } from "./format.ts";

export interface TransferBar {
  add(bytes: number): void;
  stop(): void;
}

/** A bar on stderr for bytes that travel; none where stderr is no terminal, or `isShown` is false. */
export function transferBar(total: number, isShown: boolean): TransferBar {
  if (!isShown || process.stderr.isTTY !== true) return { add: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage}%  {done} of {all}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let done = 0;
  const shown = () => ({ done: formatBytes(done), all: formatBytes(total) });
  bar.start(Math.max(total, 1), 0, shown());
  return {
    add(bytes) {
      done += bytes;
      bar.update(done, shown());
    },
    stop: () => bar.stop(),
  };
}
