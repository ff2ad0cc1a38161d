import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import { writableRun } from "./guard.ts";
import type { Note } from "./run.ts";

/** Adds a timestamped note. Notes are never changed. */
export function addNote(context: WriteContext, input: { readonly id: string; readonly text: string }): Note {
  const { tx, at, author } = context;
  const row = writableRun(tx, input.id);
  const note: Note = { number: nextNumber(tx, "notes"), at, author, text: input.text };
  tx.put("notes", { run: row.row, ...note });
  tx.put("runs", { ...row, heartbeatAt: at });
  context.emit({ kind: "run.updated", id: row.id, experiment: row.experiment });
  return note;
}
