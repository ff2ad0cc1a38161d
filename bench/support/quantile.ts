/** The value below which the share `q` of the samples lies; NaN for none. */
export function quantile(samples: readonly number[] | Float64Array, q: number): number {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export function median(samples: readonly number[] | Float64Array): number {
  return quantile(samples, 0.5);
}
