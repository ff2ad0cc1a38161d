import type { Note } from "@cairn/core";

/** Notes as one text, a line each: `YYYY-MM-DD HH:MM:SS  text`, in UTC. */
export function formatNotes(notes: readonly Note[]): string {
  return notes
    .map(({ at, text }) => `${new Date(at).toISOString().slice(0, 19).replace("T", " ")}  ${text}`)
    .join("\n");
}
