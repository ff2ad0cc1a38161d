import { useEffect, useEffectEvent } from "react";
import { subscribe } from "./events.ts";
import { createGatherer } from "./gather.ts";

/** Tells which runs logged new points, at most once in `ms` milliseconds. `onAppended` may change from render to render. */
export function useAppended(ms: number, onAppended: (runs: ReadonlySet<string>) => void): void {
  const tell = useEffectEvent(onAppended);
  useEffect(() => {
    const gatherer = createGatherer<string>(ms, (runs) => tell(runs));
    const stop = subscribe((hint) => {
      if (hint.kind === "series.appended") gatherer.add(hint.id);
    });
    return () => {
      stop();
      gatherer.stop();
    };
  }, [ms]);
}
