import { setFlagsFromString } from "node:v8";

const FLAG = "external-memory-accounted-in-global-limit";

/**
 * Small objects live here for a moment and hold large buffers, which V8 does not count where it decides to collect the young:
 * left to grow, the space for these is collected once a second, and what a second leaves behind is a hundred megabytes. The first
 * two keep that space as large as it is (1–4 MiB in the thread that is running, in MiB for threads that start later). The third
 * bounds the rest: garbage may be half of what lives, ballast included.
 */
const COLLECTOR = ["semi-space-growth-factor=1", "min-semi-space-size=8", "heap-growing-percent=50"];

/** Untouched, so it takes room among addresses and none in memory. */
const BALLAST_BYTES = 128 * 1024 * 1024;

let large = 0;
const ballast: ArrayBuffer[] = [];

/** For the whole process; call it before the threads start. */
export function tuneCollector(): void {
  for (const flag of COLLECTOR) setFlagsFromString(`--${flag}`);
  relaxBufferAccounting();
}

/**
 * V8 lets garbage grow to a part of what lives, and little lives here: without ballast a thread through which megabytes of
 * short-lived buffers flow collects its whole heap three times a second, with it once in some seconds. Each thread has its own.
 */
export function keepBallast(): void {
  if (ballast.length === 0) ballast.push(new ArrayBuffer(BALLAST_BYTES));
}

/**
 * Request bodies and journal batches are short-lived buffers, some 100 MB a second under load. Counted by themselves they make
 * V8 collect the whole heap several times a second, 5–20 ms each, on every thread; within the heap's own limit they do not.
 */
function relaxBufferAccounting(): void {
  if (large === 0) setFlagsFromString(`--${FLAG}`);
}

/** While a large file streams through, memory matters more than latency: until the answer is called, buffers count by themselves. */
export function tightenBufferAccounting(): () => void {
  large += 1;
  setFlagsFromString(`--no-${FLAG}`);
  return () => {
    large -= 1;
    relaxBufferAccounting();
  };
}
