import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../support/free-port.ts";
import { isAnswering } from "../support/is-answering.ts";

const START_LIMIT_MS = 180_000;

export interface PeerServer {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the first answer, in ms. */
  readonly startedIn: number;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A folder for the peer's database and files, removed at the end. */
export function peerFolder(): { readonly path: string; readonly database: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "cairn-bench-peer-"));
  const remove = () => rmSync(path, { recursive: true, force: true });
  return { path, database: join(path, "mlflow.db"), [Symbol.dispose]: remove };
}

/**
 * MLflow's own server over SQLite, with its own defaults (four uvicorn workers) and its telemetry off.
 *
 * @throws Error with its output when it does not answer within three minutes.
 */
export async function startPeer(python: string, folder: { path: string; database: string }): Promise<PeerServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const store = ["--backend-store-uri", `sqlite:///${folder.database}`];
  const files = ["--artifacts-destination", join(folder.path, "artifacts")];
  const started = performance.now();
  const child = spawn(
    python,
    ["-m", "mlflow", "server", ...store, ...files, "--host", "127.0.0.1", "--port", String(port)],
    {
      // A group of its own, so that the workers can be ended with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "true" },
    },
  );
  let output = "";
  const keep = (bytes: Buffer) => {
    output = (output + bytes).slice(-4000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "exit");
  const pid = child.pid ?? 0;
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-pid, "SIGTERM");
      await Promise.race([ended, sleep(10_000)]);
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, "SIGKILL");
    }
    await ended;
  };
  while (!(await isAnswering(port))) {
    if (child.exitCode !== null || performance.now() - started > START_LIMIT_MS) {
      await stop();
      throw new Error(`mlflow server does not answer:\n${output}`);
    }
    await sleep(5);
  }
  const startedIn = performance.now() - started;
  return { url, pid, startedIn, stop, [Symbol.asyncDispose]: stop };
}
