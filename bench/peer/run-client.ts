import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface LogTimes {
  readonly run: string;
  /** Acknowledged on `run`. */
  readonly points: number;
  /** Seconds a call. */
  readonly log_batch: number;
  readonly log_metric: number;
  readonly create_run: number;
  readonly history: number;
  readonly upload_large: number;
  readonly upload_many: number;
  readonly download_large: number;
  readonly download_many: number;
}

export interface SearchTimes {
  readonly names: readonly string[];
  readonly first: number;
  readonly deep: number;
}

/** Seconds a call that the client takes by itself. */
export interface FloorTimes extends Pick<LogTimes, "log_batch" | "log_metric" | "create_run"> {
  readonly first: number;
}

/** Runs `client.py` to its end. @throws Error with what it said when it fails. */
export async function runClient<T>(python: string, args: readonly string[]): Promise<T> {
  const child = spawn(python, [join(import.meta.dirname, "client.py"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let problems = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes;
  });
  child.stderr.on("data", (bytes: Buffer) => {
    problems = (problems + bytes).slice(-4000);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the client ended with ${code}:\n${problems}`);
  // Clients print links to the page before; the result is the last line.
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as T;
}
