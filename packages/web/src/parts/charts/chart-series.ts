import { subscribe } from "../../lib/events.ts";
import { server } from "../../lib/server.ts";
import type { Rows } from "./rows.ts";
import { createSeriesStore, type SeriesQuestion, type SeriesStore } from "./series-store.ts";

/** Until the server takes a `from` for each series: those that go on from nearly the same step share a call. */
async function ask({ series, ...view }: SeriesQuestion): Promise<readonly Rows[]> {
  const byFrom = new Map<number | undefined, number[]>();
  for (const [i, { from }] of series.entries()) byFrom.set(from, [...(byFrom.get(from) ?? []), i]);
  const out: Rows[] = [];
  await Promise.all(
    [...byFrom].map(async ([from, places]) => {
      const refs = places.map((i) => ({ run: series[i]?.run ?? "", key: series[i]?.key ?? "" }));
      const bounds = from === undefined ? view : { ...view, from };
      const answers = await server.series.buckets(refs, bounds);
      for (const [k, place] of places.entries()) out[place] = answers[k] as Rows;
    }),
  );
  return out;
}

let store: SeriesStore | undefined;

/** The one store of this page. It hears hints from when it is first used, and lets a hidden page rest. */
export function chartSeries(): SeriesStore {
  if (store !== undefined) return store;
  const made = createSeriesStore({
    ask,
    later(ms, work) {
      setTimeout(() => (document.hidden ? onceShown(work) : work()), ms);
    },
    now: () => performance.now(),
  });
  store = made;
  subscribe((hint) => made.hear(hint));
  return made;
}

function onceShown(work: () => void): void {
  const check = () => {
    if (document.hidden) return;
    document.removeEventListener("visibilitychange", check);
    work();
  };
  document.addEventListener("visibilitychange", check);
}
