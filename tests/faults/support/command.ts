import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..");

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `cairn …` as users do. */
export function spawnCairn(...args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, ["packages/cli/bin/cairn.js", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (bytes: Buffer) => {
    output += bytes;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "close").then(([status]) => ({ status: status as number | null, output }));
  return { process: child, ended };
}

/** Runs `cairn …` to its end. */
export function runCairn(...args: readonly string[]): Promise<Ended> {
  return spawnCairn(...args).ended;
}
