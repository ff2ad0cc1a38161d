import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const START_LIMIT_MS = 30_000;

export interface CairnProcess {
  /** Such as `http://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** SIGTERM; the exit status (null after a signal). */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is flushed that was not flushed before. */
  kill(): Promise<void>;
  /** Ends it if it runs, and removes its folder if this call made it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts `cairn serve` as users do, in a process of its own, on a free port.
 *
 * @param options.dataDir an existing folder to open again; a fresh one, removed at the end, when left out
 * @param options.node the Node that runs it; the one that runs the tests when left out
 * @param options.program what Node runs: its own options first; the launcher when left out
 * @param options.args more options of `cairn serve`
 * @param options.env beside this process's own environment
 * @throws Error with everything it printed when it ends or stays silent instead of naming its address
 */
export async function startCairn(
  options: {
    dataDir?: string;
    node?: string;
    program?: readonly string[];
    args?: readonly string[];
    env?: Readonly<Record<string, string>>;
  } = {},
): Promise<CairnProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "cairn-data-"));
  const program = options.program ?? ["packages/cli/bin/cairn.js"];
  const args = [...program, "serve", "--port", "0", "--data-dir", dataDir, ...(options.args ?? [])];
  const child = spawn(options.node ?? process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  let text = "";
  child.stdout.on("data", (bytes: Buffer) => {
    text += bytes;
  });
  child.stderr.on("data", (bytes: Buffer) => {
    text += bytes;
  });
  const ended = once(child, "exit").then(([code]: unknown[]) => (typeof code === "number" ? code : null));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  const dispose = async (): Promise<void> => {
    await end("SIGKILL");
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await waitForUrl(child, () => text);
    return Object.freeze({
      url,
      dataDir,
      process: child,
      output: () => text,
      stop: () => end("SIGTERM"),
      kill: async () => void (await end("SIGKILL")),
      [Symbol.asyncDispose]: dispose,
    });
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function waitForUrl(child: ChildProcess, output: () => string): Promise<string> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    const url = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/.exec(output())?.[0];
    if (url !== undefined) return url;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const what =
    child.exitCode === null ? `named no address in ${START_LIMIT_MS / 1000} s` : `ended with ${child.exitCode}`;
  throw new Error(`cairn serve ${what}. It printed:\n${output()}`);
}
