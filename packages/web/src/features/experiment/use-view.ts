import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { SearchTexts } from "../../parts/views/view-state.ts";
import { type ExperimentView, parseView, viewSearch } from "./view.ts";

const route = getRouteApi("/experiments/$experiment");

export interface ViewInAddress {
  readonly view: ExperimentView;
  readonly change: (change: Partial<ExperimentView>) => void;
  /** The whole address, with what is none of the view's. */
  readonly search: SearchTexts;
  readonly replace: (search: SearchTexts) => void;
}

/** The screen's view, which is its address. A change takes the place of the address: Back leaves the screen. */
export function useView(): ViewInAddress {
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
  const replace = useCallback(
    (next: SearchTexts) => void navigate({ search: () => next, replace: true, resetScroll: false }),
    [navigate],
  );
  return { view, change, search, replace };
}
