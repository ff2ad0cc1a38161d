import { randomBytes, randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createClient } from "@cairn/client";
import { type Clock, createServices, type EventBus, type RecordStore, type Services } from "@cairn/core";
import { createServer, type ServerInput, type ServerOptions } from "@cairn/server";
import { answerForms } from "@cairn/server/forms";
import { casTree, filesystemBlobs, memoryBlobs, memoryStore, sqliteStore } from "@cairn/stores";
import { checkedFetch } from "./checked-fetch.ts";

/** What a scenario is given: services, whichever way they are reached. */
export interface World {
  readonly services: Services;
  readonly events: EventBus;
  /** Over HTTP only. */
  readonly url: string | undefined;
  /** Lines that the server logged at `error`: defects. */
  readonly defects: readonly string[];
}

interface OpenWorld extends World {
  close(): Promise<void>;
}

const clock: Clock = { now: () => Date.now() };
const ids = { hex: () => randomBytes(16).toString("hex"), below: (limit: number) => randomInt(limit) };

const kinds: readonly { readonly name: string; open(): Promise<OpenWorld> }[] = [
  { name: "memory, in process", open: () => openWorld("memory", false) },
  { name: "memory, over HTTP", open: () => openWorld("memory", true) },
  { name: "sqlite, in process", open: () => openWorld("sqlite", false) },
  { name: "sqlite, over HTTP", open: () => openWorld("sqlite", true) },
];

export type Scenario = (world: World) => Promise<void>;

/** Declares scenarios once; they run on every store, in process and through client and server. */
export function inEveryWorld(title: string, scenarios: Readonly<Record<string, Scenario>>): void {
  runIn(kinds, title, scenarios);
}

/** For what is only said over HTTP. */
export function overHttp(
  title: string,
  scenarios: Readonly<Record<string, (world: World & { readonly url: string }) => Promise<void>>>,
): void {
  runIn(
    kinds.filter(({ name }) => name === "memory, over HTTP"),
    title,
    scenarios as Readonly<Record<string, Scenario>>,
  );
}

function runIn(worlds: typeof kinds, title: string, scenarios: Readonly<Record<string, Scenario>>): void {
  for (const { name, open } of worlds) {
    describe(`${title} (${name})`, () => {
      let world: OpenWorld;
      before(async () => {
        world = await open();
      });
      after(async () => {
        await world.close();
        if (world.defects.length > 0) throw new Error(`The server logged defects:\n${world.defects.join("\n")}`);
      });
      for (const [scenario, run] of Object.entries(scenarios)) test(scenario, () => run(world));
    });
  }
}

const forms = new URL(import.meta.resolve("@cairn/server/forms"));

/** A record with its services, not served yet. */
export async function openRecord(store: "memory" | "sqlite") {
  const folder = store === "memory" ? undefined : mkdtempSync(join(tmpdir(), "cairn-services-"));
  const records: RecordStore =
    folder === undefined ? memoryStore({ forms: answerForms }) : await sqliteStore({ folder, forms });
  const blobs =
    folder === undefined ? memoryBlobs({ clock }) : filesystemBlobs({ folder: join(folder, "blobs"), clock });
  const source = createServices({ records, blobs, artifacts: casTree({ records, blobs }), clock, ids });
  await source.init();
  const closeStore = async () => {
    await records.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { records, source, close: closeStore };
}

/** Serves a record. Port 0 = any that is free. */
export async function serve(
  { records, source }: Awaited<ReturnType<typeof openRecord>>,
  port = 0,
  options: ServerOptions = {},
  more: Pick<ServerInput, "wires" | "webFolder"> = {},
) {
  const defects: string[] = [];
  const app = createServer({
    services: source,
    events: records.events,
    version: "0.0.0",
    options: { ...options, log: (level, line) => void (level === "error" && defects.push(line)) },
    status: () => records.status(),
    ...more,
  });
  const url = await app.listen({ host: "127.0.0.1", port });
  return { url, defects, close: () => app.close() };
}

async function openWorld(store: "memory" | "sqlite", overHttp: boolean): Promise<OpenWorld> {
  const record = await openRecord(store);
  const { events } = record.records;
  if (!overHttp)
    return { services: record.source.as({ name: "" }), events, url: undefined, defects: [], close: record.close };
  const { url, defects, close } = await serve(record);
  const closeBoth = async () => {
    await close();
    await record.close();
  };
  return { services: createClient(url, { fetch: checkedFetch }), events, url, defects, close: closeBoth };
}
