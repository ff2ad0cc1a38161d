/** One point as scalars. */
export interface Point {
  readonly step: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly value: number;
  readonly batch: number | null;
}

/** What a series holds at the moment of reading, without its points. */
export interface SeriesSummary {
  readonly count: number;
  /** The point with the greatest (step, time, value): arrival order never matters. */
  readonly latest: Point | null;
  /** Over finite values; null if there is none. */
  readonly min: Point | null;
  readonly max: Point | null;
  readonly sum: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
}

export interface SeriesInfo extends SeriesSummary {
  /** The exact string given by the client. */
  readonly key: string;
  /** `key` without its phase: `train/loss`, `train_loss` and `loss` in phase `train` share the name `loss`. */
  readonly name: string;
  readonly phase: string | null;
}

/** A page of raw points, in columns, in key order (time, step, value). */
export interface SeriesHistory {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly batches: Float64Array | null;
  readonly attempts: Uint32Array;
  /** 1 = a later attempt went over this step again: keep it, draw it dimmed. */
  readonly superseded: Uint8Array;
  readonly next: string | null;
}

/**
 * A chart's columns. In `raw` form each point is one row with count 1. Else each row covers `counts[i]` points:
 * x ranges are true ranges, min and max are exact over finite values (NaN if there is none), sums are floating-point.
 * Rows come by attempt, then by where they begin on the axis. A row is superseded if all of it is.
 */
export interface SeriesBuckets {
  readonly raw: boolean;
  /** All points of the series in the asked range: what the rows stand for. */
  readonly points: number;
  readonly minSteps: Float64Array;
  readonly maxSteps: Float64Array;
  readonly minTimes: Float64Array;
  readonly maxTimes: Float64Array;
  readonly mins: Float64Array;
  readonly maxs: Float64Array;
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
  readonly nans: Uint32Array;
  readonly positiveInfinities: Uint32Array;
  readonly negativeInfinities: Uint32Array;
  readonly attempts: Uint32Array;
  readonly superseded: Uint8Array;
}

/** One series of a chart. */
export interface ChartSeries {
  readonly run: string;
  readonly key: string;
  /** Where it begins on the axis, instead of the chart's `from`: a live chart asks each series on from what it has. */
  readonly from?: number | undefined;
}
