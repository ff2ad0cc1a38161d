import { isTrackerError } from "@cairn/core";
import { QueryClient } from "@tanstack/react-query";

/** Answers are kept fresh by the server's hints (`useLiveQueries`), never by polling. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && isTrackerError(error) && error.code === "unavailable",
    },
  },
});
