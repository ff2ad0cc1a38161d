import type { IncomingMessage } from "node:http";
import { TrackerError } from "@cairn/core";
import { errorCodes, type FastifyReply, type FastifyRequest } from "fastify";

/** Bodies that are gathered whole, on their way in at one time. */
const BUDGET_BYTES = 256 * 1024 * 1024;
/** Smaller ones are not counted, and every route that gathers takes them. */
const SMALL_BYTES = 1024 * 1024;

/** A parser for the framework: hands on the body as one buffer. */
export type ReadBody = (
  request: FastifyRequest,
  payload: IncomingMessage,
  done: (error: Error | null, body?: Buffer) => void,
) => void;

export interface Bodies {
  /** Call it with every request, before its body is read. @throws rate_limited */
  admit(request: FastifyRequest, reply: FastifyReply): void;
  readonly read: ReadBody;
}

/**
 * Reads bodies whole: the framework's own reading copies each once more, and took a small one a twentieth of its request.
 * Each is bounded by its route, but a hundred of the largest at a time are gigabytes; beyond the budget the next ones are
 * turned away (`rate_limited`) before they are read. Routes that stream leave the framework's own limit as it is and are
 * not counted.
 *
 * @param budget in bytes
 */
export function createBodies(budget = BUDGET_BYTES): Bodies {
  let taken = 0;
  /** Bytes that each counted request has taken. */
  const counted = new WeakMap<IncomingMessage, { bytes: number }>();

  function take(own: { bytes: number }, bytes: number): void {
    if (taken + bytes > budget)
      throw new TrackerError("rate_limited", "Too many large requests are on their way in. Send this one again soon.");
    taken += bytes;
    own.bytes += bytes;
  }

  function count(request: FastifyRequest, reply: FastifyReply, bytes: number): void {
    const { bodyLimit } = request.routeOptions;
    if (bodyLimit <= SMALL_BYTES || bytes > bodyLimit) return;
    const own = { bytes: 0 };
    take(own, bytes);
    counted.set(request.raw, own);
    reply.raw.once("close", () => {
      taken -= own.bytes;
    });
  }

  return {
    admit(request, reply) {
      const { "content-length": length, "transfer-encoding": coding } = request.headers;
      // One that does not say how long it is is counted as it comes.
      if (coding !== undefined) count(request, reply, 0);
      else if (length !== undefined && Number(length) > SMALL_BYTES) count(request, reply, Number(length));
    },

    read(request, payload, done) {
      const said = Number(request.headers["content-length"]);
      const limit = said <= SMALL_BYTES ? SMALL_BYTES : request.routeOptions.bodyLimit;
      const own = Number.isNaN(said) ? counted.get(request.raw) : undefined;
      const chunks: Buffer[] = [];
      let length = 0;
      let isDone = false;
      const finish = (error: Error | null, body?: Buffer): void => {
        if (isDone) return;
        isDone = true;
        done(error, body);
      };
      if (said > limit) return finish(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
      payload.on("data", (chunk: Buffer) => {
        if (isDone) return;
        length += chunk.length;
        chunks.push(chunk);
        if (length > limit) return finish(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
        if (own === undefined) return;
        try {
          take(own, chunk.length);
        } catch (error) {
          finish(error as Error);
        }
      });
      payload.on("end", () => finish(null, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)));
      payload.on("error", finish);
    },
  };
}
