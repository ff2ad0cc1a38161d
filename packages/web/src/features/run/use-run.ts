import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useHints } from "../../lib/events.ts";
import { createGatherer } from "../../lib/gather.ts";
import { queries } from "../../lib/queries.ts";

/** New points change the summary; it is read again at most so often. */
const SUMMARY_MS = 1500;

/** The run, kept fresh: by hints for what it is, and while it logs by its summary. */
export function useRun(id: string) {
  const client = useQueryClient();
  const [gatherer, setGatherer] = useState<ReturnType<typeof createGatherer<string>>>();
  useEffect(() => {
    const made = createGatherer<string>(SUMMARY_MS, () => {
      void client.invalidateQueries({ queryKey: queries.run(id).queryKey, exact: true });
    });
    setGatherer(made);
    return () => made.stop();
  }, [client, id]);
  useHints((hint) => {
    if (hint.kind === "series.appended" && hint.id === id) gatherer?.add(id);
  });
  return useQuery(queries.run(id));
}
