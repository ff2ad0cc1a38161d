import { lazyRouteComponent } from "@tanstack/react-router";

/** The charts come as they are needed: the table does not wait for their code. */
export const loadCharts = () => import("./ChartsPane.tsx");
export const ChartsPane = lazyRouteComponent(loadCharts, "default");
