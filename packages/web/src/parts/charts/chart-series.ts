import { subscribe } from "../../lib/events.ts";
import { server } from "../../lib/server.ts";
import { createSeriesStore, type SeriesStore } from "./series-store.ts";

let store: SeriesStore | undefined;

/** The one store of this page. It hears hints from when it is first used, and lets a hidden page rest. */
export function chartSeries(): SeriesStore {
  if (store !== undefined) return store;
  const made = createSeriesStore({
    ask: ({ series, ...view }) => server.series.buckets(series, view),
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
