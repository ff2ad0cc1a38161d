import type { Route } from "./route.ts";

/**
 * Models that runs leave are not kept here yet. Clients ask for them whenever they list a run's files, and take a
 * missing endpoint there for a broken server; so there are none.
 */
export const loggedModelRoutes: readonly Route[] = [
  { method: "POST", path: "/mlflow/logged-models/search", handler: async () => undefined },
];
