import { invalid, isTrackerError, type Run } from "@cairn/core";
import { type KerasContext, mapSome } from "./context.ts";
import { isKModel, type KModel } from "./kmodel.ts";
import { readKeyOrder } from "./record-fields.ts";

/** The values of each metric, one an epoch, metrics in the order in which they were first logged. */
export type History = Readonly<Record<string, readonly number[]>>;

/** 10 000 points a page. */
const PAGE = 10_000;

/**
 * @param kmodel a record, or the id of one: 32 hex digits, also written as a UUID
 * @returns null for a text that is no id, an id that nothing has, and a model that logged nothing
 * @throws invalid for anything else
 */
export async function readHistory(context: KerasContext, kmodel: KModel | string): Promise<History | null> {
  const run = await findRun(context, kmodel);
  return run === undefined ? null : readRunHistory(context, run);
}

/** Null when it logged nothing. */
export async function readRunHistory(context: KerasContext, run: Run): Promise<History | null> {
  if (run.metrics.length === 0) return null;
  const order = readKeyOrder(run);
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const keys = run.metrics.map(({ key }) => key);
  const series = await mapSome(keys, async (key) => ({ key, ...(await readValues(context, run.id, key)) }));
  series.sort((a, b) => a.began - b.began || place(a.key) - place(b.key));
  // Not by assignment: a metric may be called `__proto__`.
  return Object.fromEntries(series.map(({ key, values }) => [key, values]));
}

/** The id of a model as runs have it: a UUID without its dashes. Undefined when the text is none. */
export function runIdOf(id: string): string | undefined {
  const bare = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id.replaceAll("-", "") : id;
  return /^[0-9a-f]{32}$/i.test(bare) ? bare.toLowerCase() : undefined;
}

/** @throws invalid for what is neither a model nor a text; undefined for an id that nothing has. */
export async function findRun({ client }: KerasContext, kmodel: KModel | string): Promise<Run | undefined> {
  if (typeof kmodel !== "string" && !isKModel(kmodel)) {
    throw invalid(
      `Call getHistory with a model or the id of one, not ${kmodel === null ? "null" : `a ${typeof kmodel}`}.`,
    );
  }
  const id = typeof kmodel === "string" ? runIdOf(kmodel) : kmodel.id;
  if (id === undefined) return undefined;
  try {
    return await client.runs.get(id);
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

async function readValues({ client }: KerasContext, run: string, key: string) {
  const rows: { readonly step: number; readonly value: number }[] = [];
  let began = Number.POSITIVE_INFINITY;
  for (let cursor: string | undefined; ; ) {
    const page = await client.series.history(run, key, { limit: PAGE, cursor });
    for (const [i, value] of page.values.entries()) {
      began = Math.min(began, page.times[i] ?? began);
      // An epoch that a later training went over again counts once, with its newer value.
      if (page.superseded[i] !== 1) rows.push({ step: page.steps[i] ?? 0, value });
    }
    if (page.next === null) break;
    cursor = page.next;
  }
  rows.sort((a, b) => a.step - b.step);
  return { began, values: rows.map(({ value }) => value) };
}
