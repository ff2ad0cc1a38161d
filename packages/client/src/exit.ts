import type { RunState } from "@cairn/core";
import type { RunHandle } from "./logger.ts";

/** A second signal, or this many ms, ends the process whatever is left. */
const SIGNAL_MS = 5000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

const open = new Set<RunHandle>();
let isListening = false;

/** What a handle asks of the process that it lives in. */
export const processLife = { isEnding: false };

/** Finishes the run when the process ends before it was finished. Hooks are in place only while runs are open. */
export function closeOnExit(run: RunHandle): void {
  for (const other of open) if (other.isFinished) open.delete(other);
  open.add(run);
  if (isListening) return;
  isListening = true;
  process.on("beforeExit", onBeforeExit);
  for (const signal of SIGNALS) process.once(signal, onSignal);
}

function onBeforeExit(): void {
  void finishAll("finished");
}

function onSignal(signal: NodeJS.Signals): void {
  processLife.isEnding = true;
  const left = [...open].filter((run) => !run.isFinished);
  const end = (): void => {
    const waiting = left.reduce((sum, run) => sum + run.waiting, 0);
    if (waiting > 0) console.error(`cairn: ${waiting} points could not be sent.`);
    // The default act of the signal, so that whoever sent it sees the process end by it.
    for (const name of SIGNALS) process.removeListener(name, onSignal);
    process.kill(process.pid, signal);
  };
  const timer = setTimeout(end, SIGNAL_MS);
  void finishAll("killed").then(() => {
    clearTimeout(timer);
    end();
  });
}

async function finishAll(state: RunState): Promise<void> {
  const left = [...open].filter((run) => !run.isFinished);
  open.clear();
  const results = await Promise.allSettled(left.map((run) => run.finish(state)));
  for (const result of results) {
    if (result.status === "rejected") console.error(`cairn: ${String(result.reason)}`);
  }
}
