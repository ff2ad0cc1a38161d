import type { ReadTx } from "../../store/tx.ts";
import type { HeadRow } from "../rows.ts";
import type { Engine } from "./engine.ts";

/** The runs whose journal holds records, by one look-up each. One that is being removed has no head. */
export function* walkHotRuns(tx: ReadTx): Generator<HeadRow> {
  for (const { run } of tx.list("unsealed", { prefix: [] })) {
    const head = tx.get("heads", run);
    if (head !== undefined) yield head;
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

/** What an earlier process left counts as silent: whoever writes to it goes on with a seal behind it. */
export function noteLeftover(engine: Engine, head: HeadRow): void {
  const { run, points, bytes } = head;
  engine.journalPoints += points;
  engine.journalBytes += bytes;
  engine.hot.set(run, { points, bytes, at: Number.NEGATIVE_INFINITY });
}

/** As many silent runs are made due at a time: the rest need not be walked for each of them. */
const MOST_DUE = 64;

/** Gives the time to runs written since it was last known, and makes those due that are silent for long. */
export function noteTime(engine: Engine, now: number): void {
  const { hot, due, broken, fresh, limits } = engine;
  for (const run of fresh) {
    const head = hot.get(run);
    if (head !== undefined) head.at = now;
  }
  fresh.clear();
  if (due.size >= MOST_DUE) return;
  const idle = hot.size > limits.crowd ? Math.min(limits.crowdIdle, limits.idle) : limits.idle;
  for (const [run, { at }] of hot) {
    if (now - at < idle || due.size >= MOST_DUE) return;
    if (!broken.has(run)) due.add(run);
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
