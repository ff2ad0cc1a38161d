import { TrackerError } from "@cairn/core";
import type { FastifyRequest } from "fastify";

/** The body as it comes in. A client that goes away is not a defect of ours. */
export async function* bytesOf(request: FastifyRequest): AsyncGenerator<Uint8Array> {
  try {
    yield* request.raw;
  } catch (error) {
    throw new TrackerError(
      "invalid",
      "The connection broke before all bytes had come; nothing was kept.",
      {},
      { cause: error },
    );
  }
}
