import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Bytes that a process holds in memory; NaN where /proc is missing. */
export function readRss(pid: number): number {
  return readStatus(pid, "VmRSS");
}

/** The most it ever held. */
export function readPeakRss(pid: number): number {
  return readStatus(pid, "VmHWM");
}

function readStatus(pid: number, field: string): number {
  try {
    const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? Number.NaN : Number(kib) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** Calls `sample` every `intervalMs` until `work` ends; gives back both. */
export async function sampling<T, S>(
  work: Promise<T>,
  sample: () => S | Promise<S>,
  intervalMs = 100,
): Promise<{ result: T; samples: S[] }> {
  const samples: S[] = [];
  let isDone = false;
  const watch = async () => {
    while (!isDone) {
      samples.push(await sample());
      await sleep(intervalMs);
    }
  };
  const watching = watch();
  try {
    const result = await work;
    return { result, samples };
  } finally {
    isDone = true;
    await watching;
  }
}
