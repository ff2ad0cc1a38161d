/** One measured thing: a line of the report. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What was promised, where something was. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
  readonly note?: string;
}

export function figure(what: string, value: number, unit: string, rest: Pick<Figure, "target" | "note"> = {}): Figure {
  return { what, value, unit, ...rest };
}

/** Ours ÷ the reference of the same run. */
export function ratio(
  what: string,
  ours: number,
  reference: number,
  rest: Pick<Figure, "target" | "note"> = {},
): Figure {
  return { what, value: ours / reference, unit: "×", ...rest };
}

/** Undefined where nothing was promised. */
export function isMet({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return "atLeast" in target ? value >= target.atLeast : value <= target.atMost;
}
