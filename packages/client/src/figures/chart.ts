/** One chart of a figure: lines over a shared x axis. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** y values by the line's name, as the legend shows it; the x of a value is its index. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
  /** Shown where there is no line. */
  readonly emptyText?: string | undefined;
}
