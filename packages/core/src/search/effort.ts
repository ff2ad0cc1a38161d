import { invalid } from "../errors.ts";

/** About a second of one core, which also looks through a gigabyte of text for a plain word. */
const MAX_STEPS = 100_000_000;
/** Characters that are scanned, or folded, in the time of one step. */
const SCANNED_PER_STEP = 16;

/**
 * What the patterns of one search may cost all in all. A pattern such as `%a_a_a_a_` costs text × pattern, which no limit
 * on the length of a query keeps small: without a bound, one search holds up all others for minutes.
 */
export interface Effort {
  /** @throws invalid once all is spent. */
  spend(steps: number): void;
  /** The same for a text that is looked through from end to end. */
  scan(length: number): void;
}

/** @param steps the bound: 100 million but in tests. */
export function createEffort(steps = MAX_STEPS): Effort {
  let left = steps;
  const spend = (cost: number): void => {
    left -= cost;
    if (left >= 0) return;
    throw invalid(
      "The LIKE and ILIKE patterns of this query cost too much on the texts that are here. Use fewer of them, or fewer '_' behind a '%'.",
    );
  };
  return { spend, scan: (length) => spend(1 + length / SCANNED_PER_STEP) };
}
