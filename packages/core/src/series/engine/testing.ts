import type { MemoryTx } from "../../store/testing.ts";
import { memoryTx } from "../../store/testing.ts";
import type { SeriesBatch, WriterMark } from "../batch.ts";
import { comparePoints, type Points } from "../codec/points.ts";
import type { Compressor, SeriesReader, SeriesWriter } from "../port.ts";
import type { OnDamage } from "./damage.ts";
import type { EngineLimits } from "./limits.ts";
import { createSeriesReader } from "./reader.ts";
import { createReaderCache } from "./reader-cache.ts";
import { createSeriesWriter } from "./writer.ts";

/** One point of a test: step, time, value, batch. */
export type TestPoint = readonly [step: number, time: number, value: number, batch?: number | undefined];
export type TestParts = Readonly<Record<string, readonly TestPoint[]>>;

/** Packs points by key, in the order given. */
export function batchOf(parts: TestParts): SeriesBatch {
  const keys = Object.keys(parts);
  const points = keys.flatMap((key) => parts[key] as readonly TestPoint[]);
  return { keys, counts: Uint32Array.from(keys, (key) => parts[key]?.length ?? 0), ...columnsOf(points) };
}

export function columnsOf(points: readonly TestPoint[]): Points {
  return {
    steps: Float64Array.from(points, (point) => point[0]),
    times: Float64Array.from(points, (point) => point[1]),
    values: Float64Array.from(points, (point) => point[2]),
    batches: points.some((point) => point[3] !== undefined)
      ? Float64Array.from(points, (point) => point[3] ?? Number.NaN)
      : null,
  };
}

/** No compression, but as strict about sizes as a real one. */
export const plainCompressor: Compressor = {
  compress: (bytes) => bytes.slice(),
  decompress(bytes, size) {
    if (bytes.length !== size) throw new Error(`${bytes.length} bytes are not ${size}`);
    return bytes;
  },
};

/** The engine over rows in memory, driven as an adapter drives it. */
export interface TestEngine {
  tx: MemoryTx;
  writer: SeriesWriter;
  /** One group commit of the requests; one that answers "refuse" is taken back. */
  commit(...requests: ((writer: SeriesWriter) => unknown)[]): void;
  /** As `commit`, but the commit fails. */
  fail(...requests: ((writer: SeriesWriter) => unknown)[]): void;
  append(run: number, parts: TestParts, mark?: WriterMark): { readonly added: number; readonly repeated: boolean };
  /** Up to `times` calls of `sealNext`. @returns how many found work. */
  seal(times?: number, now?: number): number;
  /** A new process over the same rows. */
  restart(): void;
  reader(): SeriesReader;
}

export function createTestEngine(
  limits: Partial<EngineLimits> = {},
  onDamage: OnDamage = (damage) => {
    throw new Error(damage.message);
  },
): TestEngine {
  const compressor = plainCompressor;
  let tx = memoryTx();
  let writer = createSeriesWriter({ tx, compressor, limits, onDamage });
  let cache = createReaderCache();
  const group = (requests: readonly ((writer: SeriesWriter) => unknown)[]) => {
    writer.begin();
    for (const request of requests) {
      const mark = tx.savepoint();
      if (request(writer) === "refuse") {
        tx.rollback(mark);
        writer.refuse();
      } else writer.accept();
    }
    writer.flush();
  };
  const engine: TestEngine = {
    get tx() {
      return tx;
    },
    get writer() {
      return writer;
    },
    commit(...requests) {
      group(requests);
      writer.committed();
    },
    fail(...requests) {
      const mark = tx.savepoint();
      group(requests);
      tx.rollback(mark);
      writer.discarded();
    },
    append(run, parts, mark) {
      let result = { added: 0, repeated: false };
      engine.commit((own) => {
        result = own.append(run, batchOf(parts), mark ?? null);
      });
      return result;
    },
    seal(times = 1000, now = 0) {
      for (let done = 0; done < times; done++) {
        writer.begin();
        const run = writer.sealNext(now);
        writer.flush();
        writer.committed();
        if (run === null) return done;
      }
      return times;
    },
    restart() {
      tx = tx.fork();
      writer = createSeriesWriter({ tx, compressor, limits, onDamage });
      cache = createReaderCache();
    },
    reader: () => createSeriesReader({ tx: tx.snapshot(), compressor, cache }),
  };
  return engine;
}

/** All points of a series, by pages of `limit`. */
export function readAll(
  reader: SeriesReader,
  run: number,
  key: string,
  limit = 1000,
): (TestPoint & { readonly length: 4 })[] {
  const found: [number, number, number, number | undefined][] = [];
  for (let after: string | null = null; ; ) {
    const page = reader.history(run, key, { after, limit });
    for (let i = 0; i < page.steps.length; i++) {
      const batch = page.batches?.[i] ?? Number.NaN;
      found.push([
        page.steps[i] as number,
        page.times[i] as number,
        page.values[i] as number,
        Number.isNaN(batch) ? undefined : batch,
      ]);
    }
    if (page.next === null) return found;
    after = page.next;
  }
}

/** What a series of these points must hold: each key once, in the one order. */
export function distinctPoints(points: readonly TestPoint[]): TestPoint[] {
  const columns = columnsOf(points);
  const order = points.map((_, i) => i).sort((a, b) => comparePoints(columns, a, columns, b));
  const kept = order.filter((at, i) => i === 0 || comparePoints(columns, order[i - 1] as number, columns, at) !== 0);
  return kept.map((at) => {
    const [step, time, value, batch] = points[at] as TestPoint;
    return [step, time, value === 0 ? 0 : value, batch];
  });
}
