/** Up to here every number is tried, so the first gap is found; beyond it, a free one behind a taken one is enough. */
const LINEAR = 64;

/** The first of `name_1`, `name_2` … that is free; ten thousand duplicates cost few look-ups. */
export function freeName(name: string, isFree: (candidate: string) => boolean): string {
  const at = (n: number) => `${name}_${n}`;
  for (let n = 1; n <= LINEAR; n++) if (isFree(at(n))) return at(n);
  let low = LINEAR;
  let high = LINEAR * 2;
  for (; !isFree(at(high)); high *= 2) low = high;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isFree(at(middle))) high = middle;
    else low = middle;
  }
  return at(high);
}
