import { packPoints, parseSeriesKey, type SeriesInfo, type Services } from "@cairn/core";
import type { Metrics } from "./ports.ts";
import type { Metric } from "./values.ts";

/** Values that are no numbers, as JSON; a phase that keys do not show by themselves; series whose metrics have no epoch. */
const VALUE_TAG = "metric/";
const PHASE_TAG = "phase/";
const EPOCHLESS_TAG = "epochless/";

interface Timed {
  readonly time: number;
  readonly metric: Metric;
}

/** The metrics of a run: numbers are points of the series `phase/name`, so that every chart has them. */
export function serverMetrics({ runs, series }: Services, run: string): Metrics {
  let last = 0;
  /** Grows with every metric: it is what keeps their order. */
  const tick = (): number => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
  const steps = new Map<string, number>();
  const nextStep = async (key: string): Promise<number> => {
    const known = steps.get(key) ?? (await series.list(run)).find((info) => info.key === key)?.count ?? 0;
    steps.set(key, Math.max(known, steps.get(key) ?? 0) + 1);
    return (steps.get(key) as number) - 1;
  };
  return {
    async add(metric) {
      const { name, value, batch, epoch, phase } = metric;
      const time = tick();
      if (typeof value !== "number") {
        await runs.log(run, { tags: { [`${VALUE_TAG}${time}-${crypto.randomUUID()}`]: JSON.stringify(metric) } });
        return;
      }
      const key = phase === null ? name : `${phase}/${name}`;
      const tags: Record<string, string> = {};
      if (phase !== null && parseSeriesKey(`${phase}/x`).phase === null) tags[`${PHASE_TAG}${phase}`] = "1";
      if (epoch === null) tags[`${EPOCHLESS_TAG}${key}`] = "1";
      const step = epoch ?? (await nextStep(key));
      await runs.log(run, { points: packPoints([{ key, step, time, value, batch }]), tags });
    },
    async list() {
      const [{ tags }, infos] = await Promise.all([runs.get(run), series.list(run)]);
      const others = Object.entries(tags).flatMap(([key, text]) =>
        key.startsWith(VALUE_TAG)
          ? [{ time: Number.parseInt(key.slice(VALUE_TAG.length), 10), metric: JSON.parse(text) as Metric }]
          : [],
      );
      const points = await Promise.all(infos.map((info) => readPoints(series, run, info, tags)));
      return [...points.flat(), ...others].sort((a, b) => a.time - b.time).map(({ metric }) => metric);
    },
    async clear() {
      const [{ tags }, infos] = await Promise.all([runs.get(run), series.list(run)]);
      for (const { key } of infos) await series.clear(run, key);
      const own = Object.keys(tags).filter((key) =>
        [VALUE_TAG, PHASE_TAG, EPOCHLESS_TAG].some((prefix) => key.startsWith(prefix)),
      );
      if (own.length > 0) await runs.update(run, { tags: Object.fromEntries(own.map((key) => [key, null])) });
      steps.clear();
    },
  };
}

async function readPoints(
  series: Services["series"],
  run: string,
  { key }: SeriesInfo,
  tags: Readonly<Record<string, string>>,
): Promise<Timed[]> {
  const points: Timed[] = [];
  const phase = phaseOf(key, tags);
  const name = phase === null ? key : key.slice(phase.length + 1);
  const hasEpoch = !Object.hasOwn(tags, `${EPOCHLESS_TAG}${key}`);
  for (let cursor: string | undefined; ; ) {
    const page = await series.history(run, key, { limit: 100_000, cursor });
    page.times.forEach((time, i) => {
      const batch = page.batches?.[i] ?? Number.NaN;
      const metric: Metric = {
        name,
        value: page.values[i] as number,
        batch: Number.isNaN(batch) ? null : batch,
        epoch: hasEpoch ? (page.steps[i] as number) : null,
        phase,
      };
      points.push({ time, metric });
    });
    if (page.next === null) return points;
    cursor = page.next;
  }
}

/** What stands before the first `/`, if it is a phase: a word that all know as one, or one that was given here. */
function phaseOf(key: string, tags: Readonly<Record<string, string>>): string | null {
  const own = Object.keys(tags)
    .filter((tag) => tag.startsWith(PHASE_TAG) && key.startsWith(`${tag.slice(PHASE_TAG.length)}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (own !== undefined) return own.slice(PHASE_TAG.length);
  const first = key.slice(0, Math.max(0, key.indexOf("/")));
  return first !== "" && key.length > first.length + 1 && parseSeriesKey(`${first}/x`).phase !== null ? first : null;
}
