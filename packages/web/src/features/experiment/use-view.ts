import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type ExperimentView, parseView, viewSearch } from "./view.ts";

const route = getRouteApi("/experiments/$experiment");

/** The screen's view, which is its address, and how to change it. A change takes the place of the address: Back leaves the screen. */
export function useView(): readonly [ExperimentView, (change: Partial<ExperimentView>) => void] {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = useMemo(() => parseView(search), [search]);
  const change = useCallback(
    (part: Partial<ExperimentView>) =>
      void navigate({
        search: (now) => ({ ...now, ...viewSearch({ ...parseView(now), ...part }) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [view, change];
}
