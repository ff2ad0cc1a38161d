import { isTrackerError } from "@cairn/core";

/** What went wrong, in the server's own words where it said any. */
export function problemText(error: unknown): string {
  if (isTrackerError(error)) return error.message;
  return error instanceof Error ? error.message : String(error);
}
