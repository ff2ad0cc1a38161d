import { setFlagsFromString } from "node:v8";

/**
 * - Request bodies, journal batches and pieces of files are short-lived buffers, some 100 MB a second under load. Counted by
 *   themselves they make V8 collect the whole heap several times a second, 5–20 ms each, on every thread; within the heap's
 *   own limit they do not, and uploads take two thirds of the time.
 * - Nor does V8 count them where it decides to collect the young: left to grow, the space for these is collected once a
 *   second, and what a second leaves behind is a hundred megabytes. Threads that start later have a young generation of so
 *   many MiB, the running one of 1–4.
 * - Of the rest, garbage may be half of what lives, ballast included.
 */
const COLLECTOR = [
  "external-memory-accounted-in-global-limit",
  "semi-space-growth-factor=1",
  "min-semi-space-size=8",
  "heap-growing-percent=50",
];

/** Untouched, so it takes room among addresses and none in memory. */
const BALLAST_BYTES = 128 * 1024 * 1024;

const ballast: ArrayBuffer[] = [];

/** For the whole process; call it before the threads start. */
export function tuneCollector(): void {
  for (const flag of COLLECTOR) setFlagsFromString(`--${flag}`);
}

/**
 * V8 lets garbage grow to a part of what lives, and little lives here: without ballast a thread through which megabytes of
 * short-lived buffers flow collects its whole heap three times a second, with it once in some seconds. Each thread has its own.
 */
export function keepBallast(): void {
  if (ballast.length === 0) ballast.push(new ArrayBuffer(BALLAST_BYTES));
}
