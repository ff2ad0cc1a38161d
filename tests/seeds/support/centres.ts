import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type CairnProcess, startCairn } from "../../support/cairn-process.ts";

/** A scratch folder of one scenario, and the path of a centre that others use too: names tell them apart. */
export interface CentreWorld {
  readonly centerPath: string;
  readonly isServer: boolean;
  /** Empty at the start, removed at the end. */
  readonly work: string;
  /** A model name that no other scenario uses. */
  readonly modelName: string;
}

/** One suite for both kinds of centre: a folder without a server, and a server. */
export function inBothCentres(
  title: string,
  scenarios: Readonly<Record<string, (world: CentreWorld) => Promise<void>>>,
) {
  for (const isServer of [false, true]) {
    describe(`${title} (${isServer ? "server" : "folder"})`, () => {
      let server: CairnProcess | undefined;
      const folder = mkdtempSync(join(tmpdir(), "cairn-centre-"));
      before(async () => {
        if (isServer) server = await startCairn();
      });
      after(async () => {
        await server?.[Symbol.asyncDispose]();
        rmSync(folder, { recursive: true, force: true });
      });
      let count = 0;
      for (const [name, run] of Object.entries(scenarios)) {
        test(name, async () => {
          const work = mkdtempSync(join(tmpdir(), "cairn-work-"));
          const modelName = `model_${++count}`;
          try {
            await run({ centerPath: server?.url ?? join(folder, "centre"), isServer, work, modelName });
          } finally {
            rmSync(work, { recursive: true, force: true });
          }
        });
      }
    });
  }
}
