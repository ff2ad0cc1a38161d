import { isTrackerError, parseQuery } from "@cairn/core";

export interface QueryProblem {
  readonly message: string;
  /** Where in the text it is, if that is known. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** What is wrong with a query, in the words of the server, which reads it by the same rules; undefined when nothing is. */
export function findQueryProblem(text: string): QueryProblem | undefined {
  try {
    parseQuery(text);
    return undefined;
  } catch (error) {
    if (!isTrackerError(error)) return { message: String(error), from: undefined, to: undefined };
    const position = Number(error.details["position"]);
    if (!Number.isFinite(position)) return { message: error.message, from: undefined, to: undefined };
    const found = error.details["found"];
    const length = typeof found === "string" ? Math.max(1, found.length) : 1;
    return { message: error.message, from: Math.min(position, text.length), to: position + length };
  }
}
