import type { HistoryOptions, SeriesReader } from "./port.ts";
import type { SeriesHistory } from "./series.ts";

/** Points read at a time: what is in memory at once is a page and the sample. */
const PAGE = 50_000;

interface Sampled {
  readonly run: number;
  readonly key: string;
  /** At most so many points. */
  readonly count: number;
  readonly steps?: HistoryOptions["steps"];
}

/**
 * Points of a series, evenly over their order by (step, time, value): all of them if they are few, else the first of each
 * of `count` stretches of even length, and the last point of all. Nearly every series was logged in the order of its
 * steps: it is read twice, page by page, and never as a whole; any other is put in order in memory.
 */
export function sampleSeries(reader: SeriesReader, { run, key, count, steps }: Sampled): SeriesHistory {
  const pages = () => readPages(reader, run, key, steps);
  let total = 0;
  let last = Number.NEGATIVE_INFINITY;
  let isOrdered = true;
  for (const page of pages()) {
    for (let i = 0; i < page.steps.length; i++) {
      const step = page.steps[i] as number;
      if (step < last) isOrdered = false;
      last = step;
    }
    total += page.steps.length;
  }
  const places = Uint32Array.from(pickPlaces(total, count));
  if (isOrdered) return pick(pages(), places);
  const order = orderBySteps(pages(), total);
  const wanted = places.map((place) => order[place] as number);
  const rank = Uint32Array.from(wanted.keys()).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  const picked = pick(
    pages(),
    rank.map((place) => wanted[place] as number),
  );
  return arrange(picked, rank);
}

/** At most `limit` of the places 0 … count-1, ascending: SQL's NTILE, the first of each tile, with the last for the last. */
export function pickPlaces(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, place) => place);
  const length = Math.floor(count / limit);
  const longer = count % limit;
  const places = Array.from({ length: limit }, (_, tile) => tile * length + Math.min(tile, longer));
  places[limit - 1] = count - 1;
  return places;
}

function* readPages(
  reader: SeriesReader,
  run: number,
  key: string,
  steps: HistoryOptions["steps"],
): Generator<SeriesHistory> {
  let after: string | null = null;
  do {
    const page = reader.history(run, key, { after, limit: PAGE, ...(steps && { steps }) });
    yield page;
    after = page.next;
  } while (after !== null);
}

/** For each place by (step, time, value) the place in the history, which comes by (time, step, value): the sort is stable. */
function orderBySteps(pages: Iterable<SeriesHistory>, total: number): Uint32Array {
  const steps = new Float64Array(total);
  let filled = 0;
  for (const page of pages) {
    steps.set(page.steps, filled);
    filled += page.steps.length;
  }
  return Uint32Array.from(steps.keys()).sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b);
}

/** The points at ascending places of the history. */
function pick(pages: Iterable<SeriesHistory>, places: Uint32Array): SeriesHistory {
  const found = emptySample(places.length);
  const batches = new Float64Array(places.length).fill(Number.NaN);
  let hasBatches = false;
  let next = 0;
  let start = 0;
  for (const page of pages) {
    const end = start + page.steps.length;
    for (; next < places.length && (places[next] as number) < end; next++) {
      const from = (places[next] as number) - start;
      copyPoint(page, from, found, next);
      batches[next] = page.batches?.[from] ?? Number.NaN;
    }
    hasBatches ||= page.batches !== null;
    start = end;
    if (next === places.length) break;
  }
  return { ...found, batches: hasBatches ? batches : null };
}

/** Row i of the result is the row of `points` whose rank is i. */
function arrange(points: SeriesHistory, rank: Uint32Array): SeriesHistory {
  const found = emptySample(rank.length);
  const batches = points.batches && new Float64Array(rank.length);
  for (const [from, to] of rank.entries()) {
    copyPoint(points, from, found, to);
    if (batches !== null) batches[to] = points.batches?.[from] ?? Number.NaN;
  }
  return { ...found, batches };
}

function emptySample(count: number) {
  return {
    steps: new Float64Array(count),
    times: new Float64Array(count),
    values: new Float64Array(count),
    attempts: new Uint32Array(count),
    superseded: new Uint8Array(count),
    next: null,
  };
}

function copyPoint(
  from: Omit<SeriesHistory, "batches">,
  at: number,
  into: ReturnType<typeof emptySample>,
  to: number,
): void {
  for (const column of ["steps", "times", "values", "attempts", "superseded"] as const) {
    into[column][to] = from[column][at] as number;
  }
}
