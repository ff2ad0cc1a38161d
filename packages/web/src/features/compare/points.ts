import type { Dash } from "../../parts/runs/run-style.ts";

/** A point's shape around 0, 0: the second sign beside colour, as dashes are for lines. */
export const POINTS: Readonly<Record<Dash, string>> = {
  solid: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
  dashed: "M-5.5 -5.5h11v11h-11z",
  dotted: "M0 -7l6.5 12h-13z",
  dashdot: "M0 -7.5l7.5 7.5l-7.5 7.5l-7.5 -7.5z",
};
