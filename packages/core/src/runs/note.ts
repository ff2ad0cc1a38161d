import { notFound } from "../errors.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import { writableRun } from "./guard.ts";
import type { NoteRow, RunRow } from "./rows.ts";
import type { Note } from "./run.ts";

/** Adds a timestamped note. */
export function addNote(context: WriteContext, input: { readonly id: string; readonly text: string }): Note {
  const { tx, at, author } = context;
  const row = writableRun(tx, input.id);
  const note: Note = { number: nextNumber(tx, "notes"), at, author, text: input.text };
  tx.put("notes", { run: row.row, ...note });
  changed(context, row);
  return note;
}

export interface NoteInput {
  readonly id: string;
  readonly number: number;
}

/** Mends the text; time and author stay. @throws not_found when the run has no such note. */
export function updateNote(context: WriteContext, input: NoteInput & { readonly text: string }): Note {
  const row = writableRun(context.tx, input.id);
  const { run, ...note } = { ...getNoteRow(context, row, input.number), text: input.text };
  context.tx.put("notes", { run, ...note });
  changed(context, row);
  return note;
}

/** For good; its number is not given out again. @throws not_found when the run has no such note. */
export function deleteNote(context: WriteContext, input: NoteInput): void {
  const row = writableRun(context.tx, input.id);
  getNoteRow(context, row, input.number);
  context.tx.delete("notes", row.row, input.number);
  changed(context, row);
}

function getNoteRow({ tx }: WriteContext, { row, id }: RunRow, number: number): NoteRow {
  const note = tx.get("notes", row, number);
  if (note === undefined) {
    throw notFound(`Run '${id}' has no note ${number}. List its notes.`, { run: id, note: number });
  }
  return note;
}

function changed(context: WriteContext, row: RunRow): void {
  context.tx.put("runs", { ...row, heartbeatAt: context.at });
  context.emit({ kind: "run.updated", id: row.id, experiment: row.experiment });
}
