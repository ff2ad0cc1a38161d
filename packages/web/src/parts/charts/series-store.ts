import type { Hint } from "../../lib/events.ts";
import { foldRows, mergeRows, nextFrom, type Rows, rowCount } from "./rows.ts";

export interface SeriesRef {
  readonly run: string;
  readonly key: string;
}

/** What of a series is wanted: all of it, or a part on an axis. Bounds are inclusive. */
export interface SeriesView {
  readonly axis: "step" | "time";
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** About so many rows; up to half as many more are held. */
  readonly buckets: number;
}

export interface SeriesQuestion extends SeriesView {
  readonly series: readonly (SeriesRef & { readonly from?: number | undefined })[];
}

export interface SeriesStorePorts {
  /** Answers in the order asked for. */
  ask(question: SeriesQuestion): Promise<readonly Rows[]>;
  /** Calls back a little later; a page that is not looked at may take its time. */
  later(ms: number, work: () => void): void;
  /** Ms, from any zero. */
  now(): number;
}

export interface SeriesState {
  readonly rows: Rows | undefined;
  readonly error: unknown;
}

export interface SeriesStore {
  /** As long as it is watched a series is asked for, and followed while its run grows. @returns stops it. */
  watch(ref: SeriesRef, view: SeriesView, listener: () => void): () => void;
  read(ref: SeriesRef, view: SeriesView): SeriesState;
  /** Asks at once for what is watched, instead of waiting a moment for more. */
  flush(): void;
  /** Asks again for what failed. */
  retry(): void;
  hear(hint: Hint): void;
}

/** Series in one question: the first charts shall not wait for the last. */
const BATCH = 60;
/** Questions under way. */
const IN_FLIGHT = 2;
const FIRST_MS = 12;
/** Between two questions about a series' new points, where few are followed; twice that where many are. */
const LIVE_MS = 500;
const FEW = 60;
/** Between two whole reads of what cannot be followed by its new points. */
const WHOLE_MS = 2000;
/** Rows that are kept although nobody looks at them: some 80 bytes each. */
const KEPT_ROWS = 150_000;

type Need = "nothing" | "all" | "new";

interface Entry {
  readonly id: string;
  readonly ref: SeriesRef;
  readonly view: SeriesView;
  readonly listeners: Set<() => void>;
  rows: Rows | undefined;
  error: unknown;
  need: Need;
  /** Since when the last question is old enough for the next. */
  dueAt: number;
  isAsked: boolean;
}

/**
 * The series that charts show. Charts say what they look at; the store asks in few questions, keeps what it was told within
 * bounds, and follows runs under way by asking for their new points only.
 */
export function createSeriesStore({ ask, later, now }: SeriesStorePorts): SeriesStore {
  const entries = new Map<string, Entry>();
  let inFlight = 0;
  let wakeAt = Number.POSITIVE_INFINITY;

  const wake = (ms: number) => {
    const at = now() + ms;
    if (at >= wakeAt) return;
    wakeAt = at;
    later(ms, () => {
      if (wakeAt !== at) return;
      wakeAt = Number.POSITIVE_INFINITY;
      pump();
    });
  };

  const isDue = (entry: Entry) => entry.need !== "nothing" && !entry.isAsked && entry.listeners.size > 0;

  function pump(): void {
    while (inFlight < IN_FLIGHT) {
      const time = now();
      const waiting = [...entries.values()].filter(isDue);
      const due = waiting.filter(({ dueAt }) => dueAt <= time);
      const [first] = due;
      if (first === undefined) {
        if (waiting.length > 0) wake(Math.max(1, Math.min(...waiting.map(({ dueAt }) => dueAt)) - time));
        return;
      }
      void put(due.filter((entry) => isTogether(first, entry)).slice(0, BATCH));
    }
  }

  async function put(batch: readonly Entry[]): Promise<void> {
    const [{ view, need } = unreachable()] = batch;
    const isNew = need === "new";
    const froms = batch.map(({ rows }) => (isNew && rows !== undefined ? nextFrom(rows) : null));
    for (const entry of batch) {
      entry.isAsked = true;
      entry.need = "nothing";
    }
    inFlight++;
    try {
      const answers = await ask({
        ...(isNew ? { axis: "step", buckets: view.buckets } : view),
        series: batch.map(({ ref }, i) => ({ ...ref, ...(froms[i] === null ? {} : { from: froms[i] as number }) })),
      });
      for (const [i, entry] of batch.entries()) take(entry, answers[i], froms[i] ?? null);
    } catch (error) {
      for (const entry of batch) entry.error = error;
    }
    inFlight--;
    const time = now();
    let watched = 0;
    for (const { listeners } of entries.values()) if (listeners.size > 0) watched++;
    const pause = watched > FEW ? 2 * LIVE_MS : LIVE_MS;
    for (const entry of batch) {
      entry.isAsked = false;
      entry.dueAt = time + (isWhole(entry.view) ? pause : WHOLE_MS);
      for (const listener of [...entry.listeners]) listener();
    }
    evict();
    pump();
  }

  function take(entry: Entry, answer: Rows | undefined, from: number | null): void {
    entry.error = undefined;
    if (answer === undefined) return;
    const merged = from === null || entry.rows === undefined ? answer : mergeRows(entry.rows, answer, from);
    if (merged === undefined) {
      entry.need = "all";
      return;
    }
    entry.rows = rowCount(merged) > 1.5 * entry.view.buckets ? foldRows(merged, entry.view.buckets) : merged;
  }

  /** What was longest not looked at goes first: entries lie in the order of their last watcher's leaving. */
  function evict(): void {
    let kept = 0;
    const idle = [...entries.values()].filter(({ listeners, isAsked }) => listeners.size === 0 && !isAsked);
    for (const entry of idle.reverse()) {
      kept += 50 + (entry.rows === undefined ? 0 : rowCount(entry.rows));
      if (kept > KEPT_ROWS) entries.delete(entry.id);
    }
  }

  function find(ref: SeriesRef, view: SeriesView): Entry {
    const id = JSON.stringify([ref.run, ref.key, view.axis, view.from, view.to, view.buckets]);
    let entry = entries.get(id);
    if (entry === undefined) {
      entry = {
        ...{ id, ref, view, listeners: new Set(), rows: undefined, error: undefined },
        ...{ need: "all", dueAt: 0, isAsked: false },
      };
      entries.set(id, entry);
    }
    return entry;
  }

  return {
    watch(ref, view, listener) {
      const entry = find(ref, view);
      // Of its own for each watch: one watcher may begin anew before it ends.
      const own = () => listener();
      entry.listeners.add(own);
      if (isDue(entry)) wake(FIRST_MS);
      return () => {
        if (!entry.listeners.delete(own) || entry.listeners.size > 0) return;
        entries.delete(entry.id);
        entries.set(entry.id, entry);
        evict();
      };
    },
    read(ref, view) {
      const { rows, error } = entries.get(find(ref, view).id) as Entry;
      return { rows, error };
    },
    flush: pump,
    retry() {
      for (const entry of entries.values()) {
        if (entry.error === undefined) continue;
        entry.error = undefined;
        entry.need = "all";
        entry.dueAt = 0;
      }
      wake(FIRST_MS);
    },
    hear(hint) {
      const isReset = hint.kind === "reset";
      const isAppended = hint.kind === "series.appended";
      if (!isReset && !isAppended && hint.kind !== "run.updated") return;
      for (const entry of entries.values()) {
        if (!isReset && entry.ref.run !== hint.id) continue;
        // A run's fields changed: a new attempt may have begun, which the new points will tell.
        const need: Need = isReset || !isWhole(entry.view) ? "all" : "new";
        if (entry.need !== "all") entry.need = entry.rows === undefined ? "all" : need;
      }
      wake(FIRST_MS);
    },
  };
}

function isWhole({ from, to }: SeriesView): boolean {
  return from === undefined && to === undefined;
}

/** One question has one range; where each series goes on from is its own. */
function isTogether(a: Entry, b: Entry): boolean {
  return (
    (a.need === "new") === (b.need === "new") &&
    a.view.buckets === b.view.buckets &&
    a.view.axis === b.view.axis &&
    a.view.from === b.view.from &&
    a.view.to === b.view.to
  );
}

function unreachable(): never {
  throw new Error("A question needs at least one series.");
}
