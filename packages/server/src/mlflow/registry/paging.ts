import { invalidValue } from "../errors.ts";

const MAX_MODELS = 1000;
const MAX_VERSIONS = 200_000;
/** Core's longest page: whoever asks for more gets a token for the rest. */
const LONGEST_PAGE = 50_000;

export function checkModelResults(count = 100): number {
  return checkCount(count, MAX_MODELS);
}

export function checkVersionResults(count = MAX_VERSIONS): number {
  return Math.min(checkCount(count, MAX_VERSIONS), LONGEST_PAGE);
}

function checkCount(count: number, most: number): number {
  if (count < 1) {
    throw invalidValue(`Invalid value for max_results. It must be a positive integer, but got ${count}`);
  }
  if (count <= most) return count;
  throw invalidValue(
    `Invalid value for request parameter max_results. It must be at most ${most}, but got value ${count}`,
  );
}
