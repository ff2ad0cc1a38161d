import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { experimentIdOf } from "../lib/experiment-id.ts";
import { queries } from "../lib/queries.ts";
import { queryClient } from "../lib/query-client.ts";
import { PREFIX } from "../lib/server.ts";
import { runKeysQuery } from "../parts/runs/use-run-keys.ts";
import { foreignPath } from "./foreign-path.ts";
import { Broken, Loading, Missing } from "./outcomes.tsx";
import { Shell } from "./Shell.tsx";

/** What a screen keeps in the address: each screen reads and checks its own. */
export type SearchText = Readonly<Record<string, string | undefined>>;

/** Texts only: a screen parses its own, so that a broken address breaks one screen and no other. */
const textSearch = (search: Record<string, unknown>): SearchText => search as SearchText;

const loadExperiment = () => import("../features/experiment/ExperimentPage.tsx");

/** Ms. Less than after which the router shows that a screen is on its way. */
const SOON_MS = 150;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: Missing,
  errorComponent: Broken,
  validateSearch: textSearch,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: ({ location }) => {
    const path = foreignPath(location.hash);
    if (path !== undefined) throw redirect({ href: PREFIX + path, replace: true });
  },
  component: lazyRouteComponent(() => import("../features/home/HomePage.tsx"), "HomePage"),
});

const experiment = createRoute({
  getParentRoute: () => root,
  path: "/experiments/$experiment",
  // What the screen asks first is on its way while its code still is. Answers that come soon are waited for: to make the screen
  // once with them takes half of the time of making it without, and again with each.
  loader: async ({ params, location: { search }, cause }) => {
    const id = experimentIdOf(params.experiment);
    if (id === undefined) return;
    const asked = [queryClient.prefetchQuery(queries.experiment(id)), queryClient.prefetchQuery(runKeysQuery([id]))];
    if (cause !== "preload") asked.push(loadExperiment().then(({ askFirst }) => askFirst(id, search as SearchText)));
    await Promise.race([Promise.allSettled(asked), new Promise((resolve) => setTimeout(resolve, SOON_MS))]);
  },
  component: lazyRouteComponent(loadExperiment, "ExperimentPage"),
});

const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$run",
  component: lazyRouteComponent(() => import("../features/run/RunPage.tsx"), "RunPage"),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  component: lazyRouteComponent(() => import("../features/compare/ComparePage.tsx"), "ComparePage"),
});

const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  component: lazyRouteComponent(() => import("../features/models/ModelsPage.tsx"), "ModelsPage"),
});

const model = createRoute({
  getParentRoute: () => root,
  path: "/models/$model",
  component: lazyRouteComponent(() => import("../features/models/ModelPage.tsx"), "ModelPage"),
});

const version = createRoute({
  getParentRoute: () => root,
  path: "/models/$model/versions/$version",
  component: lazyRouteComponent(() => import("../features/models/VersionPage.tsx"), "VersionPage"),
});

const files = createRoute({
  getParentRoute: () => root,
  path: "/files",
  component: lazyRouteComponent(() => import("../features/files/FilesPage.tsx"), "FilesPage"),
});

const profile = createRoute({
  getParentRoute: () => root,
  path: "/files/$profile",
  component: lazyRouteComponent(() => import("../features/files/ProfilePage.tsx"), "ProfilePage"),
});

const tracker = createRoute({
  getParentRoute: () => root,
  path: "/tracker",
  component: lazyRouteComponent(() => import("../features/tracker/TrackerPage.tsx"), "TrackerPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([home, experiment, run, compare, models, model, version, files, profile, tracker]),
  basepath: PREFIX === "" ? "/" : PREFIX,
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultPendingMs: 200,
  defaultPendingMinMs: 0,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
  // Plain `?key=text` addresses: people read, share and edit them.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const texts = new URLSearchParams();
    for (const [key, value] of Object.entries(search)) {
      if (value !== undefined && value !== null && value !== "") texts.set(key, String(value));
    }
    return texts.size === 0 ? "" : `?${texts}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
