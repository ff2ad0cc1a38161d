import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CairnProcess, startCairn } from "../../tests/support/cairn-process.ts";

export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  /** Asks it to end, and waits. Its folder stays until `dispose`. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `cairn serve` in a process of its own: on a fresh folder, or one that is there. */
export async function startServer(folder?: string): Promise<Server> {
  const cairn: CairnProcess = await startCairn(folder === undefined ? {} : { dataDir: folder });
  return {
    url: cairn.url,
    pid: cairn.process.pid ?? 0,
    folder: cairn.dataDir,
    stop: async () => {
      const status = await cairn.stop();
      if (status !== 0) throw new Error(`cairn ended with ${status}:\n${cairn.output()}`);
    },
    [Symbol.asyncDispose]: () => cairn[Symbol.asyncDispose](),
  };
}

/** A server of `bench/reference/`: it gets a fresh folder as its argument and prints its address. */
export async function startReference(script: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-bench-reference-"));
  const path = join(import.meta.dirname, "..", "reference", script);
  const child = spawn(process.execPath, [path, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  };
  return {
    url: await readUrl(child),
    pid: child.pid ?? 0,
    folder,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (bytes: Buffer) => {
      text += bytes;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`the reference server ended with ${code}`)));
  });
}
