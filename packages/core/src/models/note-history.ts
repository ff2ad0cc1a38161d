import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { ModelEvent } from "./history.ts";

/** Longest text of a change that a line repeats. */
const MOST_TEXT = 2000;

/** Adds a line to the history of the version's model, in the commit of what it tells of. */
export function noteHistory(
  { tx, at, author }: WriteContext,
  what: ModelEvent,
  { model, number }: { readonly model: number; readonly number: number },
  line: {
    readonly name?: string;
    readonly from?: string | null;
    readonly to?: string | null;
    readonly reason?: string | null;
  } = {},
): void {
  tx.put("modelHistory", {
    model,
    number: nextNumber(tx, "modelHistory"),
    at,
    author,
    what,
    version: number,
    name: line.name ?? null,
    from: cut(line.from ?? null),
    to: cut(line.to ?? null),
    reason: line.reason ?? null,
  });
}

/** Never in the middle of a surrogate pair. */
function cut(text: string | null): string | null {
  if (text === null || text.length <= MOST_TEXT) return text;
  const end = text.slice(0, MOST_TEXT - 1);
  return `${end.isWellFormed() ? end : end.slice(0, -1)}…`;
}
