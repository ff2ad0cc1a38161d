import type { Page } from "@cairn/core";
import { containsText } from "../../lib/filter-text.ts";
import { server } from "../../lib/server.ts";

/** Something that one can go to. */
export interface Found {
  readonly kind: "experiment" | "run" | "model";
  readonly id: string;
  readonly name: string;
  /** Of a run: its experiment's id. */
  readonly about: string;
}

const EACH = 6;

/** Experiments, models and runs whose name has the text in it; a run is found by its whole id too. Newest first. */
export async function findThings(text: string): Promise<readonly Found[]> {
  const wanted = text.trim();
  const filter = wanted === "" ? undefined : `name ILIKE ${containsText(wanted)}`;
  const runFilter = /^[0-9a-f]{32}$/i.test(wanted) ? `id = '${wanted.toLowerCase()}'` : filter;
  const [experiments, models, runs] = await Promise.all([
    items(server.experiments.search({ filter, limit: EACH })),
    items(server.models.search({ filter, limit: EACH })),
    items(server.runs.search({ filter: runFilter, limit: EACH })),
  ]);
  return [
    ...experiments.map(({ id, name }): Found => ({ kind: "experiment", id: String(id), name, about: `#${id}` })),
    ...models.map(({ name, versions }): Found => ({ kind: "model", id: name, name, about: `${versions}` })),
    ...runs.map(({ id, name, experiment }): Found => ({ kind: "run", id, name, about: String(experiment) })),
  ];
}

async function items<T>(page: Promise<Page<T>>): Promise<readonly T[]> {
  return (await page).items;
}
