import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, type RunHandle, startRun } from "@cairn/client";
import { countSteps, timeAt, valueAt } from "./points.ts";
import type { FaultWriter } from "./writer.ts";

const KEYS = ["loss", "accuracy", "rate"];
const STEPS = 300;
/** What a training does between two flushes. */
const STEPS_A_MOMENT = 30;

/** Our own client as a training uses it: it logs without waiting, and its background sender goes on through restarts. */
export function clientWriter(name: string): FaultWriter {
  let run: RunHandle | undefined;
  let logged = 0;
  let stored = 0;
  let tags = { sent: 0, stored: 0 };

  return {
    name,
    async begin(url) {
      while (run === undefined) {
        // The handle begins with a server that is there; from then on it is on its own.
        run = await startRun(createClient(url), { name, onProblem: () => {} }).catch(() => undefined);
        if (run === undefined) await sleep(50);
      }
    },
    async advance() {
      if (run === undefined) return;
      const end = logged + STEPS;
      while (logged < end) {
        for (let i = 0; i < STEPS_A_MOMENT; i++, logged++) {
          const values = Object.fromEntries(KEYS.map((key) => [key, valueAt(key, logged)]));
          run.log(values, { step: logged, time: timeAt(logged) });
        }
        await sleep(2);
      }
      tags = { ...tags, sent: tags.sent + 1 };
      await Promise.all([run.flush(), run.tags({ [`t${tags.stored}`]: String(tags.stored) })]);
      tags = { ...tags, stored: tags.sent };
      stored = logged;
    },
    async verify(client) {
      if (run === undefined) return;
      for (const key of KEYS) {
        const found = await countSteps(client, run.id, key);
        assert.ok(found >= stored, `${name}: ${stored} steps of ${key} were stored, ${found} are there`);
        assert.ok(found <= logged, `${name}: ${logged} steps of ${key} were logged, ${found} are there`);
      }
      const { tags: found } = await client.runs.get(run.id);
      const ours = Object.keys(found).filter((key) => /^t\d+$/.test(key));
      assert.ok(
        ours.length >= tags.stored && ours.length <= tags.sent,
        `${name}: ${ours.length} tags, of ${tags.stored}`,
      );
    },
  };
}
