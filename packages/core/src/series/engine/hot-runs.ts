import type { ReadTx } from "../../store/tx.ts";
import type { HeadRow } from "../rows.ts";
import type { Engine } from "./engine.ts";

/** The runs whose journal holds records, by one look-up each: the journal's key is skipped through. */
export function* walkHotRuns(tx: ReadTx): Generator<HeadRow> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const next = tx.pick("journal", ["run"], { prefix: [], after, limit: 1 })[0];
    if (next === undefined) return;
    after = next.run;
    const head = tx.get("heads", after);
    if (head !== undefined && head.sealed < head.seq) yield head;
  }
}

/** Takes note of how a run stands after a commit. */
export function noteHead(engine: Engine, head: HeadRow | undefined, run: number, touched: boolean): void {
  const old = engine.hot.get(run);
  const points = head?.points ?? 0;
  const bytes = head?.bytes ?? 0;
  engine.journalPoints += points - (old?.points ?? 0);
  engine.journalBytes += bytes - (old?.bytes ?? 0);
  if (head === undefined || head.sealed === head.seq) {
    engine.hot.delete(run);
    engine.due.delete(run);
    return;
  }
  if (touched) engine.hot.delete(run);
  const at = touched ? Number.NaN : (old?.at ?? Number.NaN);
  engine.hot.set(run, { points, bytes, at });
  if (Number.isNaN(at)) engine.fresh.add(run);
  const { runPoints, runBytes } = engine.limits;
  if (points >= runPoints || bytes >= runBytes || head.sealing > 0) engine.due.add(run);
}

/** Gives the time to runs written since it was last known, and makes those due that are silent for long. */
export function noteTime(engine: Engine, now: number): void {
  const latest = [...engine.fresh];
  engine.fresh.clear();
  for (const run of latest) {
    const hot = engine.hot.get(run);
    if (hot !== undefined) hot.at = now;
  }
  for (const [run, { at }] of engine.hot) {
    if (Number.isNaN(at) || now - at < engine.limits.idle) break;
    engine.due.add(run);
  }
}

/** The run with the most journal, above so many bytes. */
export function findLargest(engine: Engine, above: number): number | null {
  let largest: number | null = null;
  let most = above;
  for (const [run, { bytes }] of engine.hot) {
    if (bytes <= most || engine.broken.has(run)) continue;
    largest = run;
    most = bytes;
  }
  return largest;
}
