import { type Engine, stageTail } from "./engine.ts";
import { findSlot, type SeriesSlot } from "./tail.ts";

/** A chunk is as heavy to take away as this many small rows. */
const CHUNK_WEIGHT = 8;

/** See `SeriesWriter.clear`. The old generation keeps its row, out of sight, until `sweep` has taken its chunks away. */
export function clearSeries(engine: Engine, run: number, key: string): boolean {
  const tail = stageTail(engine, run);
  const at = findSlot(engine.tx, tail, key);
  if (at < 0) return false;
  const slot = tail.slots[at] as SeriesSlot;
  const { row } = slot;
  const { head, headChanged, usualKeys } = tail;
  if (row === null) return false;
  engine.tx.put("series", { ...row, name: -row.id });
  slot.row = null;
  tail.byKey.delete(key);
  tail.usualKeys = [];
  tail.head = { ...head, layout: head.layout + 1 };
  tail.headChanged = true;
  tail.bundles = null;
  forgetCounts(tail.slots);
  engine.ranges.delete(row.id);
  engine.hasDead = true;
  tail.undo.push(() => {
    slot.row = row;
    tail.byKey.set(key, at);
    tail.usualKeys = usualKeys;
    tail.head = head;
    tail.headChanged = headChanged;
    tail.bundles = null;
    forgetCounts(tail.slots);
  });
  return true;
}

function forgetCounts(slots: readonly SeriesSlot[]): void {
  for (const slot of slots) slot.bundled = 0;
}

/** Takes away some chunks of cleared series. @returns their run, or null if there is none. */
export function sweep(engine: Engine, weight: number): number | null {
  if (!engine.hasDead) return null;
  const { tx } = engine;
  const dead = tx.pick("series", ["id", "run"], { index: "byName", prefix: [], to: 0, limit: 1 })[0];
  if (dead === undefined) {
    engine.hasDead = false;
    return null;
  }
  removeSeries(tx, dead.id, weight);
  return dead.run;
}

/** See `SeriesWriter.remove`. The head goes first: without it no journal record counts, so no seal can bring points back. */
export function removeRun(engine: Engine, run: number, rows: number): boolean {
  const { tx } = engine;
  forgetRun(engine, run);
  let left = rows - removeJournal(tx, run, rows);
  if (left > 0) left -= tx.clear("lost", { prefix: [run], limit: left });
  if (left > 0) left -= tx.clear("writers", { prefix: [run], limit: left });
  if (left > 0) left -= CHUNK_WEIGHT * tx.clear("bundles", { prefix: [run], limit: Math.ceil(left / CHUNK_WEIGHT) });
  while (left > 0) {
    const row = tx.pick("series", ["id"], { index: "byRun", prefix: [run], limit: 1 })[0];
    if (row === undefined) break;
    left -= removeSeries(tx, row.id, left);
  }
  return left > 0;
}

/** Takes away the head and, newest first, up to `limit` journal records; `unsealed` keeps the place. @returns how many. */
function removeJournal(tx: Engine["tx"], run: number, limit: number): number {
  const head = tx.get("heads", run);
  const place = tx.get("unsealed", run);
  tx.delete("heads", run);
  if (place === undefined) return 0;
  let id = head?.last ?? place.last;
  let taken = 0;
  while (taken < limit) {
    const row = tx.pick("journal", ["run", "before"], { prefix: [id] })[0];
    if (row?.run !== run) {
      tx.delete("unsealed", run);
      return taken;
    }
    tx.delete("journal", id);
    id = row.before;
    taken += 1;
  }
  tx.put("unsealed", { run, last: id });
  return taken;
}

function forgetRun(engine: Engine, run: number): void {
  const tail = engine.tails.get(run);
  if (tail !== undefined) {
    tail.removed = true;
    engine.tailBytes -= tail.counted;
  }
  engine.tails.delete(run);
  engine.unknown.add(run);
}

/** Takes away up to `limit` rows' weight of a series, its own row last. @returns the weight taken. */
function removeSeries(tx: Engine["tx"], id: number, limit: number): number {
  let taken = tx.clear("segments", { prefix: [id], limit });
  const room = Math.ceil((limit - taken) / CHUNK_WEIGHT);
  if (room > 0) taken += CHUNK_WEIGHT * tx.clear("chunks", { prefix: [id], limit: room });
  if (taken < limit) {
    tx.delete("series", id);
    taken += 1;
  }
  return taken;
}
