import type { SeriesWriter } from "@cairn/core";
import type { Failure } from "../shared/failure.ts";
import type { PackedChanges } from "./pack-changes.ts";
import type { PackedCommit } from "./pack-commit.ts";

/** What the writer's thread is started with. */
export interface WriterData {
  readonly file: string;
  readonly busyTimeoutMs: number | undefined;
  readonly maxPages: number | undefined;
}

/** To the writer. Messages are taken in order, so `close` comes after every change sent before it. */
export type ToWriter =
  | { readonly type: "open" }
  | ({ readonly type: "changes" } & PackedChanges)
  | { readonly type: "settle"; readonly id: number }
  | { readonly type: "close" };

/** From the writer. `outcomes` answer the oldest changes that are not answered yet. */
export type FromWriter =
  | { readonly type: "failed"; readonly failure: Failure }
  | ({ readonly type: "committed"; readonly memory: SeriesWriter["memory"] } & PackedCommit)
  /** The memory changed without an answer. */
  | { readonly type: "sleeps"; readonly memory: SeriesWriter["memory"] }
  | { readonly type: "settled"; readonly id: number; readonly memory: SeriesWriter["memory"] }
  | { readonly type: "problem"; readonly failure: Failure }
  | { readonly type: "closed" };
