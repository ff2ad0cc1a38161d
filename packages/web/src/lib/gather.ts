/**
 * Calls `work` once with all that was added in `ms` milliseconds: a burst of hints becomes one question to the server.
 * A hidden page gathers on, and asks when it is looked at again.
 */
export function createGatherer<T>(
  ms: number,
  work: (items: ReadonlySet<T>) => void,
): { add(item: T): void; stop(): void } {
  let items = new Set<T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (document.hidden) return;
    const gathered = items;
    items = new Set();
    if (gathered.size > 0) work(gathered);
  };
  const show = () => {
    if (!document.hidden) timer ??= setTimeout(flush, 0);
  };
  document.addEventListener("visibilitychange", show);
  return {
    add(item) {
      items.add(item);
      timer ??= setTimeout(flush, ms);
    },
    stop() {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", show);
    },
  };
}
