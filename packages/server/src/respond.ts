import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { type Problem, statusOf } from "@cairn/contract";
import { type ErrorCode, MAX_BATCH_POINTS, TrackerError } from "@cairn/core";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { drainBody } from "./bytes-of.ts";
import type { Log } from "./options.ts";

const JSON_TYPE = "application/json; charset=utf-8";
/** Seconds after which a caller that was turned away may ask again. */
const RETRY_AFTER = "1";

/** Sends JSON text as it is: nothing of the framework's serialization lies on the way. */
export function sendJson(reply: FastifyReply, text: string | Uint8Array): FastifyReply {
  return reply.header("content-type", JSON_TYPE).send(text);
}

/** As `sendJson`, for a handler to return, which spares waiting for the end of what is sent already. */
export function jsonOf(reply: FastifyReply, text: string): string {
  void reply.header("content-type", JSON_TYPE);
  return text;
}

/** Request ids tell one process's requests apart, and differ between processes. */
export function createRequestIds(): () => string {
  const process = randomBytes(4).toString("hex");
  let count = 0;
  return () => `${process}-${(++count).toString(36)}`;
}

/**
 * Turns what was thrown into a problem. A TrackerError speaks to the user; anything else is a defect, of which the user
 * sees only the request id and the operator the cause.
 */
export function createErrorHandler(log: Log) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const known = isGone(error) ? gone : toTrackerError(error, request);
    const code: ErrorCode = known?.code ?? "internal";
    const status = statusOf[code];
    const problem: Problem = {
      code,
      message:
        known === undefined || isHidden(known)
          ? "Internal error. The server's log has the cause under this request id."
          : known.message,
      details: known === undefined || isHidden(known) ? {} : known.details,
      requestId: request.id,
    };
    const what = `${request.method} ${request.url.slice(0, 200)} → ${status} ${code}`;
    if (status >= 500 && code !== "unsupported") log("error", `${what} [${request.id}] ${causeOf(error)}`);
    else log("debug", `${what}: ${problem.message} [${request.id}]`);
    if (code === "rate_limited" || code === "unavailable") void reply.header("retry-after", RETRY_AFTER);
    await drainBody(request.raw);
    // A body that was not read to its end cannot be followed by another request.
    if (!request.raw.complete) void reply.header("connection", "close");
    void reply.code(status).header("x-request-id", request.id).header("content-type", JSON_TYPE);
    return reply.send(JSON.stringify(problem));
  };
}

/** A damaged record is named, because its readers must know what they lack; other faults are the operator's business. */
function isHidden({ code, details }: TrackerError): boolean {
  return code === "internal" && details["record"] === undefined;
}

/** The client went away amid its request: nobody hears the answer, and it is not a defect. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ECONNRESET";
}

const gone = new TrackerError("invalid", "The connection broke before the whole body had come.");

/** For what no route answers. */
export function sendUnknownRoute(request: FastifyRequest): never {
  const path = request.url.split("?", 1)[0] ?? "";
  throw new TrackerError(
    "not_found",
    `There is no ${request.method} ${path.slice(0, 200)}. See /docs for what there is.`,
  );
}

function toTrackerError(error: unknown, request: FastifyRequest): TrackerError | undefined {
  if (error instanceof TrackerError) return error;
  const { code, statusCode, message } = (error ?? {}) as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return bodyTooLarge(request);
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    const type = request.headers["content-type"];
    const found = type === undefined ? "no Content-Type" : `the Content-Type '${type.slice(0, 100)}'`;
    return new TrackerError(
      "invalid",
      `The body has ${found}, which is not understood here; send application/json (a file: a media type such as image/png).`,
    );
  }
  if (code === "FST_ERR_BAD_URL") {
    const path = request.url.slice(0, 200);
    return new TrackerError(
      "invalid",
      `The address '${path}' has a '%' that begins no character of UTF-8; a percent sign itself is written %25.`,
    );
  }
  if (typeof code === "string" && code.startsWith("FST_") && statusCode !== undefined && statusCode < 500) {
    return new TrackerError("invalid", message ?? "The request is malformed.");
  }
  return undefined;
}

function bodyTooLarge({ routeOptions: { bodyLimit, url = "" } }: FastifyRequest): TrackerError {
  const isLog = /\/(?:log|points)$/.test(url);
  const hint = isLog ? ` A call carries at most ${MAX_BATCH_POINTS} points; send them in several.` : "";
  const message = `The body is larger than this call takes (${bodyLimit} bytes).${hint}`;
  return new TrackerError("too_large", message, { limit: bodyLimit });
}

/** Answers with bytes as they come. When they break off, the status is already sent: only the operator can be told. */
export function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: AsyncIterable<Uint8Array>,
  log: Log,
): FastifyReply {
  const stream = Readable.from(bytes, { objectMode: false });
  stream.on("error", (error) =>
    log("error", `GET ${request.url.slice(0, 200)} broke off [${request.id}] ${causeOf(error)}`),
  );
  return reply.send(stream);
}

/**
 * For the operator. What is worded for people (a full disk, a damaged file) is one line, with what lay beneath it; a
 * defect brings its stack.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TrackerError && !isHidden(error)) return `${error.message}${beneath(error.cause)}`;
  const cause = error.cause === undefined ? "" : `\n  caused by ${causeOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

function beneath(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  return ` (${cause.message.replaceAll(/\s+/g, " ")}${beneath(cause.cause)})`;
}
