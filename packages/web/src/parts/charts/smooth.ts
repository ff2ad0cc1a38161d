/** The span of the x axis that counts as so many points: what a smoothing of 0.9 means does not depend on how much was logged. */
const POINTS_OF_RANGE = 500;

/**
 * Exponential moving average over unevenly spaced x: what is a 500th of `range` ago counts `smoothing` times as much. Divided
 * by the sum of its weights ("debiased", as Adam does), so that it does not begin at zero. Rows count by the points they stand for.
 * NaN in `values` stays NaN and is passed over. @param smoothing 0 … 0.99
 */
export function smoothValues(
  xs: Float64Array,
  values: Float64Array,
  counts: Uint32Array | Float64Array,
  smoothing: number,
  range: number,
): Float64Array {
  const out = new Float64Array(values.length);
  let sum = 0;
  let weight = 0;
  let last = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      out[i] = Number.NaN;
      continue;
    }
    const x = xs[i] as number;
    const decay =
      weight === 0 ? 0 : range > 0 ? smoothing ** (((x - last) / range) * POINTS_OF_RANGE) : Math.min(smoothing, 1);
    const count = counts[i] as number;
    sum = sum * decay + value * count;
    weight = weight * decay + count;
    last = x;
    out[i] = sum / weight;
  }
  return out;
}
