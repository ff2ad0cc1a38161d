import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { invalid } from "@cairn/core";
import { type Client, type ClientOptions, createClient } from "./client.ts";
import { closeOnExit, processLife } from "./exit.ts";
import { type RunHandle, type StartRun, startRun as startAnywhere } from "./logger.ts";
import type { Source } from "./upload.ts";

export * from "./index.ts";
export { explainFileError } from "./local-file.ts";

const DEFAULT_URL = "http://127.0.0.1:4600";
const READ_BYTES = 1024 * 1024;

/** A client of the server that `url`, or else `CAIRN_URL`, or else this machine names; `CAIRN_TOKEN` likewise. */
export function connect(options: ClientOptions & { readonly url?: string | undefined } = {}): Client {
  const { url = process.env["CAIRN_URL"] || DEFAULT_URL, token = process.env["CAIRN_TOKEN"], ...rest } = options;
  return createClient(url, { token, ...rest });
}

/**
 * As `startRun` of the browser's face, and what is logged is not lost when the process ends: a script that runs out is
 * flushed and its run finished; on SIGINT and SIGTERM the run is `killed` and flushed within five seconds. What a training
 * that is still computing logs meanwhile is left out.
 */
export async function startRun(client: Client, options: StartRun = {}): Promise<RunHandle> {
  const run = await startAnywhere(client, options, processLife);
  closeOnExit(run);
  return run;
}

/**
 * A file on disk, for `run.artifact`. It is read as it is sent, never whole.
 * @throws invalid when there is no such file.
 */
export async function openFile(path: string): Promise<Source> {
  const info = await stat(path).catch((cause: unknown) => {
    throw invalid(`Cannot read the file '${path}': ${cause instanceof Error ? cause.message : String(cause)}.`, {
      file: path,
    });
  });
  if (!info.isFile()) throw invalid(`'${path}' is not a file.`, { file: path });
  const slice = (start: number, end: number): AsyncIterable<Uint8Array> =>
    end <= start ? nothing() : createReadStream(path, { start, end: end - 1, highWaterMark: READ_BYTES });
  return {
    size: info.size,
    slice,
    async digest() {
      const hash = createHash("sha256");
      for await (const piece of slice(0, info.size)) hash.update(piece);
      return hash.digest("hex");
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
