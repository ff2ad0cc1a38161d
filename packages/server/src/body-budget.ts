import { Transform } from "node:stream";
import { TrackerError } from "@cairn/core";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Bodies that are gathered whole, on their way in at one time. */
const BUDGET_BYTES = 256 * 1024 * 1024;
/** Smaller ones are not counted; nor are files, whose routes stream them and leave the framework's own limit as it is. */
const SMALL_BYTES = 1024 * 1024;

/**
 * Each body is bounded by its route, but a hundred of the largest at a time are gigabytes. Beyond the budget the next ones
 * are turned away (`rate_limited`) before they are read.
 *
 * @param app gets hooks: before its routes are added.
 * @param budget in bytes: 256 MiB but in tests.
 */
export function limitBodies(app: FastifyInstance, budget = BUDGET_BYTES): void {
  let taken = 0;
  const take = (bytes: number): void => {
    if (taken + bytes <= budget) taken += bytes;
    else
      throw new TrackerError("rate_limited", "Too many large requests are on their way in. Send this one again soon.");
  };

  app.addHook("onRequest", (request, reply, done) => {
    const bytes = Number(request.headers["content-length"] ?? 0);
    if (bytes > SMALL_BYTES && bytes <= request.routeOptions.bodyLimit && isGathered(request)) {
      take(bytes);
      reply.raw.once("close", () => {
        taken -= bytes;
      });
    }
    done();
  });

  // A body that does not say how long it is: counted as it comes.
  app.addHook("preParsing", (request, reply, payload, done) => {
    if (request.headers["transfer-encoding"] === undefined || !isGathered(request)) return done(null, payload);
    let seen = 0;
    reply.raw.once("close", () => {
      taken -= seen;
    });
    const counter = new Transform({
      transform(chunk: Buffer, _, next) {
        try {
          take(chunk.length);
          seen += chunk.length;
          next(null, chunk);
        } catch (error) {
          next(error as Error);
        }
      },
    });
    payload.once("error", (error) => counter.destroy(error));
    done(null, payload.pipe(counter));
  });
}

function isGathered({ routeOptions: { bodyLimit } }: FastifyRequest): boolean {
  return bodyLimit > SMALL_BYTES;
}
