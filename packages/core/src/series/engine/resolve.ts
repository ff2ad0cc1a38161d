import { internName } from "../../runs/names.ts";
import type { Tx } from "../../store/tx.ts";
import type { SeriesBatch } from "../batch.ts";
import { emptySummary, encodeSummary } from "../codec/summary.ts";
import type { SeriesRow } from "../rows.ts";
import { addSlot, findSlot, type RunTail } from "./tail.ts";

/** The slot of an empty part, which makes no series. */
export const NO_SLOT = 0xffffffff;

const nothing = encodeSummary(emptySummary());

/** The slots of a batch's parts. A series is born with its first point: its row is put here. */
export function resolveSlots(tx: Tx, tail: RunTail, batch: SeriesBatch): Uint32Array {
  const { keys, counts } = batch;
  const { usualKeys, usualSlots } = tail;
  let i = 0;
  while (i < keys.length && keys[i] === usualKeys[i] && counts[i] !== 0) i += 1;
  if (i === keys.length) return usualSlots;
  const slots = new Uint32Array(keys.length);
  const births: number[] = [];
  for (i = 0; i < keys.length; i++) {
    if (counts[i] === 0) {
      slots[i] = NO_SLOT;
      continue;
    }
    const slot = findSlot(tx, tail, keys[i] as string);
    if (slot < 0) births.push(i);
    else slots[i] = slot;
  }
  if (births.length > 0) bearSeries(tx, tail, keys, slots, births);
  if (!slots.includes(NO_SLOT)) {
    tail.usualKeys = keys.slice();
    tail.usualSlots = slots;
  }
  return slots;
}

/** Ids are taken as one stretch, so that a run with a thousand new series asks the counter once. */
function bearSeries(
  tx: Tx,
  tail: RunTail,
  keys: readonly string[],
  slots: Uint32Array,
  births: readonly number[],
): void {
  const last = tx.get("counters", "series")?.value ?? 0;
  tx.put("counters", { name: "series", value: last + births.length });
  for (const [i, part] of births.entries()) {
    const key = keys[part] as string;
    const id = last + 1 + i;
    const row: SeriesRow = {
      id,
      run: tail.run,
      name: internName(tx, key),
      count: 0,
      latest: null,
      min: null,
      max: null,
      taken: 0,
      through: 0,
      overlaps: 0,
      summary: nothing,
    };
    tx.put("series", row);
    const slot = addSlot(tail, id, row);
    tail.byKey.set(key, slot);
    slots[part] = slot;
  }
}
