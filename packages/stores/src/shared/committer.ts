import {
  applyChange,
  type ChangeInput,
  type ChangeKind,
  purgeSlice,
  type SeriesWriter,
  type TrackerEvent,
  type WriteContext,
} from "@cairn/core";
import { encodeFailure, type Failure } from "./failure.ts";
import type { Rows } from "./rows.ts";

/** One change as it waits for its commit. */
export interface Change {
  readonly kind: ChangeKind;
  readonly input: unknown;
  readonly at: number;
  readonly author: string;
}

export type Outcome = { readonly value: unknown } | { readonly failure: Failure };

export interface Commit {
  /** One for each change, in their order. */
  readonly outcomes: readonly Outcome[];
  /** What to publish, each hint once. */
  readonly events: readonly TrackerEvent[];
  /** True when the commit itself failed, so that nothing of it is there. */
  readonly isLost: boolean;
}

export interface Committer {
  /** Applies the changes in one commit, a savepoint each. Never throws: a failed commit fails every change of it. */
  commit(changes: readonly Change[]): Commit;
  /**
   * One piece of work that nobody waits for, in a commit of its own: a seal (repeatable), or a slice of a purge.
   * @returns false when nothing is due. @throws what the rows or the engine threw; everything is undone then.
   */
  tend(now: number): boolean;
}

/**
 * The call order around one commit, the same for every adapter that has one writer.
 *
 * @param options.translate makes the adapter's own errors into TrackerErrors.
 */
export function createCommitter(options: {
  readonly rows: Rows;
  readonly series: SeriesWriter;
  readonly translate: (error: unknown) => unknown;
}): Committer {
  const { rows, series, translate } = options;
  /** False once a look found nothing to purge: logging, by far the most frequent change, leaves nothing to purge. */
  let mayPurge = true;

  function context(at: number, author: string, events: TrackerEvent[]): WriteContext {
    return { tx: rows.tx, series, at, author, emit: (event) => events.push(event) };
  }

  function applyOne(change: Change, events: Map<string, TrackerEvent>): Outcome {
    const own: TrackerEvent[] = [];
    try {
      const value = rows.savepoint(() =>
        applyChange(context(change.at, change.author, own), change.kind, change.input as ChangeInput<ChangeKind>),
      );
      series.accept();
      for (const event of own) events.set(`${event.kind} ${event.id}`, event);
      return { value };
    } catch (error) {
      series.refuse();
      if (!rows.canGoOn(error)) throw error;
      return { failure: encodeFailure(translate(error)) };
    }
  }

  function inCommit<T>(isRepeatable: boolean, work: () => T): T {
    try {
      rows.begin(isRepeatable);
      series.begin();
      const result = work();
      rows.commit();
      series.committed();
      return result;
    } catch (error) {
      rows.rollback();
      series.discarded();
      throw error;
    }
  }

  return {
    commit(changes) {
      mayPurge ||= changes.some(({ kind }) => kind !== "runs.log");
      const events = new Map<string, TrackerEvent>();
      try {
        const outcomes = inCommit(false, () => {
          const applied = changes.map((change) => applyOne(change, events));
          series.flush();
          return applied;
        });
        return { outcomes, events: [...events.values()], isLost: false };
      } catch (error) {
        const failure = encodeFailure(translate(error));
        return { outcomes: changes.map(() => ({ failure })), events: [], isLost: true };
      }
    },

    tend(now) {
      // Asked after every commit: a transaction in which nothing happens would cost each a tenth of a millisecond. A seal
      // that is lost is made again from the journal; a purge is not, for files may go because their rows went.
      const isSealed =
        series.isDue(now) &&
        inCommit(true, () => {
          const isDone = series.sealNext(now) !== null;
          series.accept();
          return isDone;
        });
      if (isSealed || !mayPurge) return isSealed;
      return inCommit(false, () => {
        const isPurging = purgeSlice(context(now, "", []));
        series.accept();
        if (isPurging) series.flush();
        mayPurge = isPurging;
        return isPurging;
      });
    },
  };
}
