import { directionOf, isBookkeeping } from "./metric-direction.ts";

const HELD_OUT = /(?:^|[/_.\- ])(?:val|valid|validation|eval|dev)(?:[/_.\- ]|$)/i;
const TESTED = /(?:^|[/_.\- ])test(?:[/_.\- ]|$)/i;
const TRAINED = /(?:^|[/_.\- ])train(?:ing)?(?:[/_.\- ]|$)/i;

/**
 * How much a metric says about how good a training is, 0 the most: what is known to be good or bad before what is not, of the
 * validation before test and training, a loss before a score. For choosing what to show first.
 */
export function metricWorth(key: string): number {
  if (isBookkeeping(key)) return 100;
  const phase = HELD_OUT.test(key) ? 0 : TESTED.test(key) ? 1 : TRAINED.test(key) ? 3 : 2;
  if (directionOf(key) === undefined) return 50 + phase;
  return phase * 3 + (/loss/i.test(key) ? 0 : directionOf(key) === "up" ? 1 : 2);
}

/** Sorts keys of metrics by their worth; equals stay as they are. */
export function byWorth(one: string, other: string): number {
  return metricWorth(one) - metricWorth(other);
}
