import {
  createSeriesReader,
  type ReadTx,
  type RowOf,
  type SeriesInfo,
  type SeriesReader,
  type SeriesReaderOptions,
} from "@cairn/core";
import { zstd } from "./zstd.ts";

type Damage = Parameters<NonNullable<SeriesReaderOptions["onDamage"]>>[0];

/** A line of a check: what is wrong with which record. */
export interface RecordFinding {
  readonly record: string;
  readonly message: string;
}

const PAGE = 50_000;

/**
 * Reads every point of a run, and its charts, and holds them against the summaries: so every journal record, chunk,
 * bundle and segment is decoded, and what they say must agree. A damaged record costs one line, and the comparison of
 * its series, which would only tell the same again in other words; the rest is read on.
 *
 * @param tx one snapshot.
 */
export function checkSeries(tx: ReadTx, { row: run, id }: Pick<RowOf<"runs">, "row" | "id">): RecordFinding[] {
  const damages = new Map<string, RecordFinding>();
  let current: string | null = null;
  let isSound = true;
  /** Bundles hold points of many series, and their directories are read once for the run. */
  let isBundleLost = false;
  const onDamage = ({ place, message }: Damage) => {
    isSound = false;
    isBundleLost ||= place.startsWith("the directory of bundle");
    const owner = current !== null && place.includes("of series") ? ` series '${current}',` : "";
    if (!damages.has(place)) damages.set(place, { record: `run ${id}${owner} ${place}`, message });
  };
  const reader = createSeriesReader({ tx, compressor: zstd, onDamage });
  const found: RecordFinding[] = [];
  for (const { key } of reader.list(run)) {
    const record = `run ${id} series '${key}'`;
    current = key;
    isSound = true;
    try {
      const info = reader.find(run, key);
      if (info === undefined) continue;
      const told = toldBy(info);
      const differences = [
        ...compare(record, "points", told, readPoints(reader, run, key)),
        ...compare(record, "chart", told, readChart(reader, run, key)),
      ];
      if (isSound && !isBundleLost) found.push(...differences);
    } catch (error) {
      if (isSound) found.push({ record, message: messageOf(error) });
    }
  }
  return [...damages.values(), ...found, ...findLost(tx, run, id)];
}

/** Journal records that could not be read when their run was sealed. */
function findLost(tx: ReadTx, run: number, id: string): RecordFinding[] {
  return tx.pick("lost", ["seq"], { prefix: [run] }).map(({ seq }) => ({
    record: `run ${id} journal record ${seq}`,
    message: "It was damaged when the run was sealed, and its points are missing.",
  }));
}

/** What summary, points and chart of one series must agree in. */
interface Totals {
  points: number;
  nan: number;
  positiveInfinity: number;
  negativeInfinity: number;
  min: number;
  max: number;
  /** The greatest step. */
  step: number;
}

function none(): Totals {
  return {
    points: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    min: Infinity,
    max: -Infinity,
    step: -Infinity,
  };
}

function toldBy(info: SeriesInfo): Totals {
  return {
    points: info.count,
    nan: info.nan,
    positiveInfinity: info.positiveInfinity,
    negativeInfinity: info.negativeInfinity,
    min: info.min?.value ?? Infinity,
    max: info.max?.value ?? -Infinity,
    step: info.latest?.step ?? -Infinity,
  };
}

function readPoints(reader: SeriesReader, run: number, key: string): Totals {
  const totals = none();
  let time = -Infinity;
  let after: string | null = null;
  do {
    const page = reader.history(run, key, { after, limit: PAGE });
    for (let i = 0; i < page.values.length; i++) {
      const value = page.values[i] as number;
      totals.points += 1;
      totals.step = Math.max(totals.step, page.steps[i] as number);
      if (Number.isNaN(value)) totals.nan += 1;
      else if (value === Infinity) totals.positiveInfinity += 1;
      else if (value === -Infinity) totals.negativeInfinity += 1;
      else {
        totals.min = Math.min(totals.min, value);
        totals.max = Math.max(totals.max, value);
      }
      if ((page.times[i] as number) < time)
        throw new Error(`point ${totals.points - 1} is older than the one before it`);
      time = page.times[i] as number;
    }
    after = page.next;
  } while (after !== null);
  return totals;
}

function readChart(reader: SeriesReader, run: number, key: string): Totals {
  const totals = none();
  const [chart] = reader.buckets([{ run, key }], { axis: "step", buckets: 1000 });
  if (chart === undefined) return totals;
  for (let i = 0; i < chart.counts.length; i++) {
    totals.points += chart.counts[i] as number;
    totals.nan += chart.nans[i] as number;
    totals.positiveInfinity += chart.positiveInfinities[i] as number;
    totals.negativeInfinity += chart.negativeInfinities[i] as number;
    totals.step = Math.max(totals.step, chart.maxSteps[i] as number);
    const min = chart.mins[i] as number;
    if (Number.isNaN(min)) continue;
    totals.min = Math.min(totals.min, min);
    totals.max = Math.max(totals.max, chart.maxs[i] as number);
  }
  return totals;
}

function compare(record: string, what: string, told: Totals, found: Totals): RecordFinding[] {
  return (Object.entries(told) as [keyof Totals, number][])
    .filter(([name, value]) => found[name] !== value)
    .map(([name, value]) => ({
      record,
      message: `Its summary says ${name} ${value}, its ${what} say ${found[name]}.`,
    }));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
