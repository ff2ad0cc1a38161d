import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Client } from "../../client.ts";
import { openFile, type RunHandle, startRun } from "../../node.ts";
import type { Row } from "./row.ts";
import { listFinished, writeRow } from "./server-tracker.ts";

/** A training that the server shows while it goes. */
export interface Recording {
  readonly handle: RunHandle;
  /** Keeps results and files, and ends the run; `replaces` puts older finished runs of its name aside, to be restored if need be. */
  finish(row: Row, folder: string, replaces: boolean): Promise<void>;
  fail(error: unknown): Promise<void>;
}

export async function createRecording(
  client: Client,
  experiment: string,
  name: string,
  uId: string,
): Promise<Recording> {
  const handle = await startRun(client, { experiment, name });
  return {
    handle,
    async finish(row, folder, replaces) {
      await handle.flush();
      const run = await client.runs.get(handle.id);
      const old = replaces ? await listFinished(client, run.experiment, name) : [];
      await writeRow(client, run, row, uId);
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        await handle.artifact(relative(folder, path).split(sep).join("/"), await openFile(path));
      }
      await handle.finish();
      for (const { id } of old) await client.runs.delete(id);
    },
    async fail(error) {
      await handle.finish("failed", error instanceof Error ? error.message : String(error));
    },
  };
}
