import type { EventBus } from "../events.ts";
import type { ChangeInput, ChangeKind, ChangeOutput } from "./changes.ts";
import type { QueryInput, QueryKind, QueryOutput } from "./queries.ts";

/** Who asks and when: what every change carries beside its input. */
export interface Stamp {
  readonly at: number;
  readonly author: string;
}

/** What the store is doing, for the operator. */
export interface StoreStatus {
  readonly kind: string;
  /** Requests waiting for a commit, and their bytes. */
  readonly queued: { readonly changes: number; readonly bytes: number };
  readonly tails: { readonly bytes: number };
  readonly journal: { readonly bytes: number; readonly points: number };
  /** Bytes of the database on disk, with its log. */
  readonly bytes: number;
}

/**
 * The rows, behind an asynchronous face. Inputs are plain data (structured-cloneable); typed arrays in a change's input
 * may be moved to another thread, so the caller must not use them again.
 */
export interface RecordStore {
  /**
   * Applies one change. Resolves after it is durable (commits are shared; one refusal spares its neighbours).
   * @throws TrackerError as the change's rule says; rate_limited when more than 32 MiB wait for their commit.
   */
  write<K extends ChangeKind>(kind: K, input: ChangeInput<K>, stamp: Stamp): Promise<ChangeOutput<K>>;
  /** Answers one query from a snapshot that holds every write acknowledged before the call. */
  read<K extends QueryKind>(kind: K, input: QueryInput<K>): Promise<QueryOutput<K>>;
  /**
   * As `read`, but the answer is bytes in one of the forms the store was opened with, made where the rows are: a large answer
   * then crosses threads as one buffer, and costs the thread that speaks HTTP nothing but its sending.
   */
  readAs<K extends QueryKind>(form: string, kind: K, input: QueryInput<K>): Promise<Uint8Array>;
  readonly events: EventBus;
  /** Structural check of all rows and series records: a line for each thing that is wrong. */
  check(): AsyncIterable<{ readonly record: string; readonly message: string }>;
  status(): Promise<StoreStatus>;
  /** Everything acknowledged is on disk, threads have ended, the folder is free. */
  close(): Promise<void>;
}
