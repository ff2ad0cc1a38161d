import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { queryClient } from "../lib/query-client.ts";
import { useTexts } from "../lib/texts.ts";
import { useLiveQueries } from "../lib/use-live-queries.ts";
import { Toasts } from "../ui/Toasts.tsx";
import { router } from "./router.tsx";
import { appTexts } from "./texts.ts";

/** The whole page: what every screen stands on, and the screens. */
export function App() {
  const t = useTexts(appTexts);
  return (
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delay={400}>
        <Live />
        <RouterProvider router={router} />
        <Toasts closeLabel={t.close} />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}

function Live() {
  useLiveQueries();
  return null;
}
