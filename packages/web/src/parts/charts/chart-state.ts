import type { ChartSettings } from "./chart-settings.ts";
import type { PlotPicture } from "./plot.ts";

/** What a chart says about itself in words. */
export type ChartState =
  | { readonly kind: "loading" | "empty" }
  | { readonly kind: "failed"; readonly error: unknown }
  | {
      readonly kind: "drawn";
      /** Rows drawn, and the points that they stand for. */
      readonly shown: number;
      readonly points: number;
      /** Points that a logarithmic axis cannot show. */
      readonly hidden: number;
      /** Kinds of values that are no numbers, of those that occur: `nan up down`. */
      readonly marks: string;
      /** All points of each run have one step, so that steps cannot tell them apart. */
      readonly isOneStep: boolean;
      /** Not all could be read. */
      readonly error: unknown;
    };

export function chartState(picture: PlotPicture | undefined, { log, axis }: ChartSettings): ChartState {
  if (picture === undefined || picture.isLoading) return { kind: "loading" };
  const { error, lines, shown, points } = picture;
  if (error !== undefined && lines.length === 0) return { kind: "failed", error };
  if (points === 0) return { kind: "empty" };
  let hidden = 0;
  if (log) {
    for (const { line } of lines) {
      for (const [i, high] of line.highs.entries()) if (high <= 0) hidden += line.counts[i] as number;
    }
  }
  const kinds = new Set(lines.flatMap(({ line }) => line.marks.map(({ kind }) => kind)));
  const isBySteps = axis === "step" || axis === "epoch";
  const isOneStep = isBySteps && points > lines.length && lines.every(({ line: { xs } }) => xs[0] === xs.at(-1));
  return { kind: "drawn", shown, points, hidden, marks: [...kinds].sort().join(" "), isOneStep, error };
}
