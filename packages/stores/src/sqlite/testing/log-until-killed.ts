import { writeSync } from "node:fs";
import { packPoints, type RecordStore } from "@cairn/core";
import { run, stamp, start } from "../../conformance/world.ts";
import { sqliteStore } from "../sqlite-store.ts";

// The child of crash.test.ts: several writers log without end, and each tells a batch once it is acknowledged.
// After a crash it sends its last batch again under the same mark, as a client does that saw no answer.
export const KEYS = ["a", "b", "c"] as const;
export const BATCH = 150;
export const WRITERS = 4;

if (process.argv[2] === "log") {
  const store = await sqliteStore({ folder: process.argv[3] ?? "" });
  await start(store);
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => logForever(store, writer)));
}

async function logForever(store: RecordStore, writer: number): Promise<void> {
  const { id } = run(writer);
  if ((await find(store, id)) === undefined) await store.write("runs.create", run(writer), stamp);
  const logged = await store.read("series.list", { id });
  for (let batch = Math.max(1, (logged[0]?.count ?? 0) / BATCH); ; batch++) {
    const points = packPoints(
      Array.from({ length: BATCH * KEYS.length }, (_, at) => {
        const step = (batch - 1) * BATCH + Math.floor(at / KEYS.length);
        return { key: KEYS[at % KEYS.length] ?? "", step, time: step, value: Math.sin(step) };
      }),
    );
    const parameters = [{ key: `batch ${batch}`, value: batch }];
    await store.write("runs.log", { id, points, parameters, writer: { id: `w${writer}`, number: batch } }, stamp);
    writeSync(1, `${writer} ${batch}\n`);
  }
}

async function find(store: RecordStore, id: string): Promise<unknown> {
  return store.read("runs.get", { id }).catch(() => undefined);
}
