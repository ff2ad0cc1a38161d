import { TrackerError } from "@cairn/core";

/** What answers there is another program, or no page of ours: the wrong port is often somebody else's. */
export function strangerAt(url: string, cause?: unknown): TrackerError {
  return new TrackerError(
    "unavailable",
    `What answers at ${url} is no Cairn server. Name one with --url.`,
    {},
    { cause },
  );
}
