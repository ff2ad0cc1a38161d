import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const main = join(root, "packages", "cli", "bin", "cairn.js");

export interface Ended {
  /** Null after a signal. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as they came. */
  readonly output: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface CommandOptions {
  /** The clone's when left out. */
  readonly cwd?: string;
  /** Beside this process's own environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What it reads from standard input. */
  readonly input?: string;
}

/** Starts a program that prints without colours. */
export function spawnCommand(command: readonly string[], options: CommandOptions = {}): RunningCommand {
  const { cwd = root, env = {}, input = "" } = options;
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, stdio: "pipe" });
  const said = { stdout: "", stderr: "", output: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (bytes: Buffer) => {
      said[name] += bytes;
      said.output += bytes;
    });
  }
  // One that ends without reading its input is no failure of the test.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = once(child, "close").then(([status]) => ({ status: status as number | null, ...said }));
  return { process: child, ended };
}

/** Starts `cairn …` as users do. */
export function spawnCairn(args: readonly string[], options?: CommandOptions): RunningCommand {
  return spawnCommand([process.execPath, main, ...args], options);
}

/** Runs `cairn …` to its end. */
export function runCairn(args: readonly string[], options?: CommandOptions): Promise<Ended> {
  return spawnCairn(args, options).ended;
}
