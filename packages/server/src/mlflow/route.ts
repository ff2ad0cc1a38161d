import type { FormedReads, Services } from "@cairn/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../options.ts";
import type { Locations } from "./locations.ts";
import { checkContentType, parseBody } from "./proto/body.ts";
import { decodeMessage, type JsonObject } from "./proto/decode.ts";
import type { Decoded, Shape } from "./proto/message.ts";

/** What a handler works with, beside the message. */
export interface Call {
  readonly services: Services;
  /** Large reads, answered in this wire's form. */
  readonly formed: (data: unknown) => FormedReads;
  readonly locations: Locations;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly log: Log;
  /** Where the asker reached this server, up to and without `/api`. */
  readonly baseUrl: () => string;
}

/** Answers with an object or its JSON, as text or bytes; undefined is MLflow's empty message. */
export type Handler = (call: Call) => Promise<object | string | undefined>;

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api/2.0` and `/ajax-api/2.0`. */
  readonly path: string;
  readonly handler: Handler;
  /** Served under `/ajax-api` alone. */
  readonly isAjaxOnly?: boolean;
  /** Bytes of the body at most, where it may be larger than usual. */
  readonly bodyLimit?: number;
}

/** A route whose message comes from the query (GET) or the JSON body, checked against its shape. */
export function route<S extends Shape>(
  method: Route["method"],
  path: string,
  shape: S,
  handle: (call: Call, message: Decoded<S>) => Promise<object | string | undefined>,
): Route {
  return { method, path: `/mlflow${path}`, handler: (call) => handle(call, readMessage(call.request, shape)) };
}

/** A GET without arguments may carry a body, as upstream allows. */
export function readMessage<S extends Shape>(request: FastifyRequest, shape: S): Decoded<S> {
  const query = request.query as JsonObject;
  if (request.method === "GET" && Object.keys(query).length > 0) return decodeMessage(shape, query, "", true);
  return decodeMessage(shape, parseBody(readBytes(request)));
}

/** What the wildcard at the end of a route's path stands for, decoded once by the router. */
export function pathOf(request: FastifyRequest): string {
  return (request.params as { "*": string })["*"];
}

/** The JSON body's bytes. @throws WireError when a POST or PUT does not say that it is JSON. */
export function readBytes(request: FastifyRequest): Buffer | undefined {
  if (request.method === "POST" || request.method === "PUT") checkContentType(request.headers["content-type"]);
  return request.body as Buffer | undefined;
}
