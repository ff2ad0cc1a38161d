import type { IncomingMessage } from "node:http";
import { TrackerError } from "@cairn/core";
import type { FastifyRequest } from "fastify";

/** The body as it comes in. A client that goes away is not a defect of ours. */
export async function* bytesOf(request: FastifyRequest): AsyncGenerator<Uint8Array> {
  try {
    // Leaving early must not destroy the connection: the refusal still has to travel on it.
    yield* request.raw.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw new TrackerError(
      "invalid",
      "The connection broke before all bytes had come; nothing was kept.",
      {},
      { cause: error },
    );
  }
}

/** What is read of a refused body at most: a small disk must not be paid for with a large network. */
const DRAIN_BYTES = 64 * 1024 * 1024;
const DRAIN_MS = 5000;

/**
 * Reads and drops what is left of a refused body, within bounds. Many clients read no answer before they have sent
 * all; if the connection closes on them earlier, they see a broken pipe instead of the reason.
 */
export async function drainBody(raw: IncomingMessage): Promise<void> {
  if (raw.complete || raw.readableEnded || raw.destroyed) return;
  await new Promise<void>((resolve) => {
    let bytes = 0;
    const timer = setTimeout(done, DRAIN_MS);
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_BYTES) done();
    };
    function done(): void {
      clearTimeout(timer);
      raw.off("data", count);
      for (const event of ["end", "close", "error"]) raw.off(event, done);
      resolve();
    }
    for (const event of ["end", "close", "error"]) raw.on(event, done);
    raw.on("data", count);
    raw.resume();
  });
}
