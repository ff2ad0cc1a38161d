import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestResult } from "./test-result.ts";

export interface FileReport {
  readonly file: string;
  readonly results: readonly TestResult[];
  /** What the tests printed; shown only beside a failure. */
  readonly output: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly cwd: string;
  readonly timeoutSeconds: number;
  readonly env: NodeJS.ProcessEnv;
}

const KEPT_OUTPUT = 200_000;
const living = new Set<number>();

/**
 * Runs one test file in a process of its own. Never throws for what the file does: a crash, an exit code other than 0,
 * running past the time limit, and a file without a test each come back as a failed result.
 */
export async function runTestFile(file: string, options: RunOptions): Promise<FileReport> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-test-"));
  const started = performance.now();
  try {
    const events = join(folder, "events.jsonl");
    const { code, signal, timedOut, output } = await runProcess(file, events, options);
    const results = readResults(events);
    const failure = verdict({ code, signal, timedOut, results, timeoutSeconds: options.timeoutSeconds });
    if (failure !== undefined) results.push({ name: "(the file)", outcome: "failed", detail: failure });
    return { file, results, output, seconds: (performance.now() - started) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends every test process that still runs, with the servers it started. */
export function killTestFiles(): void {
  for (const pid of living) killGroup(pid);
}

interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  output: string;
}

function runProcess(file: string, events: string, { cwd, timeoutSeconds, env }: RunOptions): Promise<Ending> {
  const reporter = new URL("./event-reporter.ts", import.meta.url).href;
  const flags = [`--test-reporter=${reporter}`, `--test-reporter-destination=${events}`];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...flags, file], {
      cwd,
      env: { ...env, NODE_TEST_CONTEXT: undefined },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, so that a time limit also ends the servers that the test started.
      detached: process.platform !== "win32",
    });
    if (child.pid !== undefined) living.add(child.pid);
    let output = "";
    let timedOut = false;
    const keep = (bytes: Buffer) => {
      output = (output + bytes).slice(-KEPT_OUTPUT);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) killGroup(child.pid);
    }, timeoutSeconds * 1000);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (child.pid !== undefined) {
        living.delete(child.pid);
        killGroup(child.pid);
      }
      // "close" comes when the output is read to its end; a server that left the group may hold the pipe for ever.
      const finish = () => resolve({ code, signal, timedOut, output });
      child.on("close", finish);
      setTimeout(finish, 1000).unref();
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

function readResults(events: string): TestResult[] {
  let text = "";
  try {
    text = readFileSync(events, "utf8");
  } catch {
    // Crashed before the reporter opened its file.
  }
  // A killed process may leave half a line at the end.
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.filter((line) => line !== "").map((line): TestResult => JSON.parse(line));
}

interface Evidence extends Omit<Ending, "output"> {
  results: readonly TestResult[];
  timeoutSeconds: number;
}

/** What is wrong with the file as a whole, beyond the failures its tests reported themselves. */
export function verdict({ code, signal, timedOut, results, timeoutSeconds }: Evidence): string | undefined {
  if (timedOut) {
    return `not finished after ${timeoutSeconds} s (an open handle keeps the process alive, or a test hangs)`;
  }
  if (results.length === 0) return `no test ran (exit ${signal ?? code})`;
  if (code !== 0 && !results.some((result) => result.outcome === "failed")) {
    return `the process ended with ${signal ?? code} although no test reported a failure`;
  }
  return undefined;
}
