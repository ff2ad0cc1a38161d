import type { Page } from "../page.ts";
import type { RunSearch } from "../search/query.ts";
import type { ReadContext } from "../store/context.ts";
import { getRunRow } from "./guard.ts";
import { readIterations, readModules } from "./parts.ts";
import { readRun, readRunInfo } from "./read.ts";
import type { Iteration, Module, Note, Run, RunInfo } from "./run.ts";

interface RunInput {
  readonly id: string;
}

export const runQueries = {
  "runs.get"({ tx, series }: ReadContext, input: RunInput): Run {
    return readRun(tx, series, getRunRow(tx, input.id));
  },

  /** The run's own fields alone: what a check before a write needs. */
  "runs.info"({ tx }: ReadContext, input: RunInput): RunInfo {
    return readRunInfo(tx, getRunRow(tx, input.id));
  },

  "runs.search"({ tx, series, search }: ReadContext, input: RunSearch): Page<Run> {
    const { rows, next } = search.search(input);
    const items: Run[] = [];
    for (const number of rows) {
      const row = tx.get("runs", number);
      if (row !== undefined) items.push(readRun(tx, series, row));
    }
    return { items, next };
  },

  "runs.notes"({ tx }: ReadContext, input: RunInput): Note[] {
    const run = getRunRow(tx, input.id);
    return tx
      .list("notes", { prefix: [run.row] })
      .map(({ number, at, author, text }) => ({ number, at, author, text }));
  },

  "runs.modules"({ tx }: ReadContext, input: RunInput): Module[] {
    return readModules(tx, getRunRow(tx, input.id).row);
  },

  "runs.iterations"({ tx }: ReadContext, input: RunInput): Iteration[] {
    return readIterations(tx, getRunRow(tx, input.id).row);
  },
};
