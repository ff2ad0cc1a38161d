export type UploadPhase = "waiting" | "sending" | "done" | "known" | "failed" | "stopped";

/** A file on its way. */
export interface UploadItem {
  readonly id: number;
  readonly path: string;
  readonly size: number;
  /** Bytes that have arrived. */
  readonly sent: number;
  readonly phase: UploadPhase;
  /** Why it failed. */
  readonly error?: unknown;
}

export interface UploadTotals {
  readonly files: number;
  /** Sent, or known to the server already. */
  readonly done: number;
  readonly failed: number;
  readonly bytes: number;
  readonly sent: number;
  readonly isBusy: boolean;
}

export interface UploadQueue<F> {
  /** A file under a path that is waiting or under way already takes its place. */
  add(files: readonly { readonly path: string; readonly size: number; readonly file: F }[]): void;
  stop(id: number): void;
  stopAll(): void;
  /** Again those that failed or were stopped; they go on where they were. */
  retry(id?: number): void;
  /** Takes what has ended off the list. */
  clear(): void;
  /** Stays the same object until something changes. */
  snapshot(): readonly UploadItem[];
  subscribe(listener: () => void): () => void;
}

export interface UploadQueueOptions<F> {
  /** @returns whether the server had the bytes already. */
  readonly send: (
    item: { readonly path: string; readonly file: F },
    hooks: { readonly signal: AbortSignal; readonly onProgress: (sent: number) => void },
  ) => Promise<"sent" | "known">;
  /** So many files at a time: a browser has six connections to a server, and the page needs some. */
  readonly width?: number | undefined;
}

interface Job<F> {
  readonly file: F;
  item: UploadItem;
  control: AbortController;
}

/** Sends files side by side, each to be stopped and tried again, one failure sparing the others. */
export function createUploadQueue<F>({ send, width = 3 }: UploadQueueOptions<F>): UploadQueue<F> {
  const jobs = new Map<number, Job<F>>();
  const listeners = new Set<() => void>();
  let snapshot: readonly UploadItem[] = [];
  let lastId = 0;

  const tell = () => {
    snapshot = [...jobs.values()].map(({ item }) => item);
    for (const listener of [...listeners]) listener();
  };
  const set = (job: Job<F>, change: Partial<UploadItem>) => {
    const { error: _, ...kept } = job.item;
    job.item = { ...kept, ...change };
    tell();
  };

  const run = async (job: Job<F>) => {
    const { signal } = job.control;
    set(job, { phase: "sending" });
    try {
      const how = await send(
        { path: job.item.path, file: job.file },
        { signal, onProgress: (sent) => !signal.aborted && set(job, { sent: Math.min(sent, job.item.size) }) },
      );
      if (!signal.aborted) set(job, { phase: how === "known" ? "known" : "done", sent: job.item.size });
    } catch (error) {
      if (!signal.aborted) set(job, { phase: "failed", error });
    }
    next();
  };
  const next = () => {
    const all = [...jobs.values()];
    const free = width - all.filter(({ item }) => item.phase === "sending").length;
    const waiting = all.filter(({ item }) => item.phase === "waiting");
    for (const job of waiting.slice(0, Math.max(0, free))) void run(job);
  };
  const stop = (job: Job<F>) => {
    if (!isUnderWay(job.item)) return;
    job.control.abort();
    set(job, { phase: "stopped" });
  };

  return {
    add(files) {
      for (const { path, size, file } of files) {
        for (const [id, job] of jobs) {
          if (job.item.path !== path) continue;
          stop(job);
          jobs.delete(id);
        }
        const id = ++lastId;
        jobs.set(id, { file, control: new AbortController(), item: { id, path, size, sent: 0, phase: "waiting" } });
      }
      tell();
      next();
    },
    stop(id) {
      const job = jobs.get(id);
      if (job !== undefined) stop(job);
      next();
    },
    stopAll() {
      // Those that wait first, or they would start in the places of those that are stopped.
      for (const job of [...jobs.values()].reverse()) stop(job);
    },
    retry(id) {
      for (const job of jobs.values()) {
        if ((id !== undefined && job.item.id !== id) || !["failed", "stopped"].includes(job.item.phase)) continue;
        job.control = new AbortController();
        set(job, { phase: "waiting" });
      }
      next();
    },
    clear() {
      for (const [id, { item }] of jobs) if (!isUnderWay(item)) jobs.delete(id);
      tell();
    },
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function isUnderWay({ phase }: Pick<UploadItem, "phase">): boolean {
  return phase === "waiting" || phase === "sending";
}

/** All in all. What was stopped counts no more. */
export function totalsOf(items: readonly UploadItem[]): UploadTotals {
  const counted = items.filter(({ phase }) => phase !== "stopped");
  const isDone = ({ phase }: UploadItem) => phase === "done" || phase === "known";
  return {
    files: counted.length,
    done: counted.filter(isDone).length,
    failed: counted.filter(({ phase }) => phase === "failed").length,
    bytes: counted.reduce((sum, { size }) => sum + size, 0),
    sent: counted.reduce((sum, item) => sum + (isDone(item) ? item.size : item.sent), 0),
    isBusy: counted.some(isUnderWay),
  };
}
