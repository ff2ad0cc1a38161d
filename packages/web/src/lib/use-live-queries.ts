import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Hint, subscribe } from "./events.ts";
import { createGatherer } from "./gather.ts";

/** Hints about one thing within this time become one question. */
const GATHER_MS = 400;

/**
 * Marks what the server's hints speak of as stale, so that whatever is shown of it is read again. New points
 * (`series.appended`) are left out: charts ask for those themselves, and only for what is new; lists that show summaries
 * listen on their own.
 */
export function useLiveQueries(): void {
  const client = useQueryClient();
  useEffect(() => {
    const gatherer = createGatherer<string>(GATHER_MS, (keys) => {
      for (const key of keys) void client.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
    });
    const stop = subscribe((hint) => {
      for (const key of staleKeys(hint)) gatherer.add(JSON.stringify(key));
    });
    return () => {
      stop();
      gatherer.stop();
    };
  }, [client]);
}

/** The beginnings of the query keys that a hint makes stale. */
export function staleKeys(hint: Hint): readonly QueryKey[] {
  if (hint.kind === "reset") return [[]];
  const [noun] = hint.kind.split(".");
  switch (noun) {
    case "experiment":
      return [["experiments"], ["projects"]];
    case "run":
      return [["runs", hint.id], ["runs", "search"], ["lineage", hint.id], ["labels"], ["columns"]];
    case "artifact":
      return [["artifacts", hint.id]];
    case "checkpoint":
      return [["checkpoints"], ["lineage"]];
    case "model":
    case "version":
      return [["models"], ["versions"], ["lineage"]];
    case "view":
      return [["views"]];
    default:
      return [];
  }
}
