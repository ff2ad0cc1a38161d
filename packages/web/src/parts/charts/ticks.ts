/** Multiples of 1, 2 or 5 times a power of ten within the range, about `wanted` of them. */
export function niceTicks(from: number, to: number, wanted: number): readonly number[] {
  if (!(to > from) || wanted < 1) return from === to ? [from] : [];
  const step = niceStep((to - from) / wanted);
  return multiples(from, to, step);
}

function multiples(from: number, to: number, step: number): readonly number[] {
  const ticks: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Of a step such as 0.1 the multiples are rounded to its digits: 0.3, not 0.30000000000000004.
  const digits = Math.max(0, Math.min(100, -Math.floor(Math.log10(step))));
  for (let i = first; i <= last && ticks.length < 100; i++) ticks.push(Number((i * step).toFixed(digits)) + 0);
  return ticks;
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  return (ratio < Math.SQRT2 ? 1 : ratio < Math.sqrt(10) ? 2 : ratio < Math.sqrt(50) ? 5 : 10) * power;
}

/** For a logarithmic axis: powers of ten, thinned when many; within less than two decades also 2 and 5 times them. */
export function logTicks(from: number, to: number, wanted: number): readonly number[] {
  if (!(from > 0) || !(to > from)) return [];
  const decades = Math.log10(to / from);
  if (decades < 1) return niceTicks(from, to, wanted);
  const every = Math.max(1, Math.ceil(decades / wanted));
  const factors = decades < 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    if (power % every !== 0) continue;
    for (const factor of factors) {
      const tick = Number(`${factor}e${power}`);
      if (tick >= from && tick <= to) ticks.push(tick);
    }
  }
  return ticks;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SPANS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

function timeStep(rough: number): number {
  if (rough < SECOND) return Math.max(1, niceStep(rough));
  return SPANS.find((span) => span >= rough) ?? niceStep(rough / DAY) * DAY;
}

/** Of a length of time in ms: at whole seconds, minutes, hours, days. */
export function durationTicks(from: number, to: number, wanted: number): readonly number[] {
  return to > from ? multiples(from, to, timeStep((to - from) / wanted)) : [];
}

/** Of the clock, in ms since 1970: at whole hours and days of the reader's zone, `offset` ms east of UTC. */
export function clockTicks(from: number, to: number, wanted: number, offset: number): readonly number[] {
  return durationTicks(from + offset, to + offset, wanted).map((tick) => tick - offset);
}
