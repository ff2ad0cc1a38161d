import type { TrackerEvent } from "../events.ts";
import type { KeptRunParts } from "../runs/kept-parts.ts";
import type { RunSearcher } from "../search/port.ts";
import type { SeriesReader, SeriesWriter } from "../series/port.ts";
import type { ReadTx, Tx } from "./tx.ts";

/** What a change's rule may use. It runs beside the rows, in the writer's thread, and must not wait for anything. */
export interface WriteContext {
  readonly tx: Tx;
  readonly series: SeriesWriter;
  /** When the request arrived: ms since 1970. */
  readonly at: number;
  /** Who asks; "" when nobody is named. */
  readonly author: string;
  /** A hint that goes out once the commit is durable. */
  emit(event: TrackerEvent): void;
}

/** What a query's rule may use: one snapshot. */
export interface ReadContext {
  readonly tx: ReadTx;
  readonly series: SeriesReader;
  readonly search: RunSearcher;
  readonly parts?: KeptRunParts | undefined;
}
