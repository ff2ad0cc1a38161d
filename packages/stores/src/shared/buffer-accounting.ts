import { setFlagsFromString } from "node:v8";

const FLAG = "external-memory-accounted-in-global-limit";

let large = 0;

/**
 * Request bodies and journal batches are short-lived buffers, some 100 MB a second under load. Counted by themselves they make
 * V8 collect the whole heap several times a second, 5–20 ms each, on every thread; within the heap's own limit they do not.
 */
export function relaxBufferAccounting(): void {
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
