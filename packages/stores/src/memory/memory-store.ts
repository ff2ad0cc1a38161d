import {
  type AnswerForms,
  answerQuery,
  type ChangeKind,
  createScanSearcher,
  createSeriesReader,
  createSeriesWriter,
  formAnswer,
  type QueryInput,
  type QueryKind,
  type QueryOutput,
  type RecordStore,
  TrackerError,
} from "@cairn/core";
import { checkRows, listRuns } from "../shared/check-rows.ts";
import { checkSeries } from "../shared/check-series.ts";
import { type Change, createCommitter, type Outcome } from "../shared/committer.ts";
import { createEventBus } from "../shared/event-bus.ts";
import { decodeFailure, encodeFailure } from "../shared/failure.ts";
import { zstd } from "../shared/zstd.ts";
import { createMemoryRows } from "./memory-rows.ts";

interface Waiting {
  readonly change: Change;
  settle(outcome: Outcome): void;
}

/**
 * The reference adapter: everything in this process's memory, gone with it. For tests, and as the plainest reading of
 * what a store must do. Changes of one turn of the event loop share a commit.
 *
 * @example
 * const store = memoryStore();
 * await store.close();
 */
export function memoryStore({ forms = {} }: { readonly forms?: AnswerForms } = {}): RecordStore {
  const rows = createMemoryRows();
  const series = createSeriesWriter({ tx: rows.tx, compressor: zstd });
  const committer = createCommitter({ rows, series, translate: (error) => error });
  const events = createEventBus();
  let waiting: Waiting[] = [];
  let isClosed = false;

  function commitWaiting(): void {
    const group = waiting;
    waiting = [];
    const { outcomes, events: hints } = committer.commit(group.map((entry) => entry.change));
    events.publish(hints);
    group.forEach((entry, at) => {
      entry.settle(outcomes[at] as Outcome);
    });
    let more = true;
    while (more) more = committer.tend(group[0]?.change.at ?? 0);
  }

  function checkOpen(): void {
    if (isClosed) throw new TrackerError("unavailable", "The store is closed.");
  }

  function read<K extends QueryKind>(kind: K, input: QueryInput<K>): QueryOutput<K> {
    checkOpen();
    const { tx } = rows;
    // Nothing is written while a query is answered, so this is a snapshot; a series reader knows only one.
    const reader = createSeriesReader({ tx, compressor: zstd });
    return answerQuery({ tx, series: reader, search: createScanSearcher({ tx, series: reader }) }, kind, input);
  }

  return {
    events,
    async write(kind, input, stamp) {
      checkOpen();
      // Cloned, as an adapter with threads would: what cannot be cloned, or is changed later, shows up here too.
      const change: Change = { kind: kind as ChangeKind, input: cloneOf(input), ...stamp };
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(commitWaiting);
        waiting.push({
          change,
          settle: (outcome) => {
            if ("failure" in outcome) reject(decodeFailure(outcome.failure));
            else resolve(outcome.value as never);
          },
        });
      });
    },
    read: async (kind, input) => read(kind, input),
    readAs: async (formed, kind, input) => formAnswer(forms, formed, kind, read(kind, input)),
    async *check() {
      const { tx } = rows;
      yield* checkRows(tx);
      for (const run of listRuns(tx)) yield* checkSeries(tx, run);
    },
    async status() {
      const { tailBytes, journalBytes, journalPoints } = series.memory;
      return {
        kind: "memory",
        queued: { changes: waiting.length, bytes: 0 },
        tails: { bytes: tailBytes },
        journal: { bytes: journalBytes, points: journalPoints },
        bytes: 0,
      };
    },
    async close() {
      if (waiting.length > 0) commitWaiting();
      isClosed = true;
    },
  };
}

function cloneOf(input: unknown): unknown {
  try {
    return structuredClone(input);
  } catch (error) {
    throw decodeFailure(encodeFailure(error));
  }
}
