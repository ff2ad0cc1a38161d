/** From data to pixels and back. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly isLog: boolean;
  at(value: number): number;
  invert(pixel: number): number;
}

/** `from` lies at pixel `start`, `to` at pixel `end`. A logarithmic scale takes positive values only. */
export function createScale(domain: readonly [number, number], range: readonly [number, number], isLog = false): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  const low = isLog ? Math.log(from) : from;
  const span = (isLog ? Math.log(to) : to) - low || 1;
  const factor = (end - start) / span;
  return {
    from,
    to,
    isLog,
    at: isLog ? (value) => start + (Math.log(value) - low) * factor : (value) => start + (value - low) * factor,
    invert: (pixel) => {
      const value = low + (pixel - start) / (factor || 1);
      return isLog ? Math.exp(value) : value;
    },
  };
}

/** The range with some room at its ends, never empty. */
export function paddedRange(from: number, to: number, isLog: boolean): readonly [number, number] {
  if (!(from <= to)) return isLog ? [0.1, 1] : [0, 1];
  if (isLog) {
    if (from === to) return [from / 2, to * 2];
    const room = (to / from) ** 0.05;
    return [from / room, to * room];
  }
  if (from === to) {
    const room = Math.abs(from) * 0.1 || 1;
    return [from - room, to + room];
  }
  const room = (to - from) * 0.05;
  return [from - room, to + room];
}
