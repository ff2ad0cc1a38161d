import { API_ROOT, COLUMNS_TYPE, type Endpoint, endpoints, notHere } from "@cairn/contract";
import type { Services } from "@cairn/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WireContext } from "../options.ts";
import { sendJson, sendUnknownRoute } from "../respond.ts";
import { mountArchives } from "./archives.ts";
import { mountBytes } from "./bytes.ts";
import { argumentsOf, inputReader, methodOf } from "./call.ts";
import { buckets, type Forms, history } from "./charts.ts";
import { mountEvents } from "./events.ts";
import { log, MAX_LOG_BYTES } from "./log.ts";
import { mountOpenapi } from "./openapi.ts";
import { createRouteTable, type RouteTable } from "./route-table.ts";

/** Of a JSON body that is not a log call's. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

export interface NativeContext extends WireContext {
  readonly status: (() => Promise<unknown>) | undefined;
}

/** The native wire: the contract's table on core's services, by key. By hand only bytes, events and the hot bodies. */
export function mountNative(scope: FastifyInstance, context: NativeContext): void {
  const services = context.services.as({ name: "" });
  const formed: Forms = {
    json: context.services.formed({ name: "" }, { form: "json" }),
    columns: context.services.formed({ name: "" }, { form: "columns" }),
  };
  scope.removeAllContentTypeParsers();
  for (const type of ["application/json", COLUMNS_TYPE]) scope.addContentTypeParser(type, context.readBody);
  const table = createRouteTable<Handler>();
  for (const [key, endpoint] of Object.entries<Endpoint>(endpoints)) {
    if (endpoint.bytes !== undefined || key === "runs.log") continue;
    const { method, path, twin } = endpoint;
    const add = (verb: string, url: string, from: "query" | "body") =>
      table.add(
        verb,
        url,
        whenUsed(() => handlerOf(services, formed, key, endpoint, from)),
      );
    add(method, path, isInQuery(endpoint) ? "query" : "body");
    if (twin !== undefined) add("GET", twin, "query");
  }
  mountTable(scope, table);
  for (const name of ["log", "points"]) {
    scope.post(`${API_ROOT}/runs/:id/${name}`, { bodyLimit: MAX_LOG_BYTES }, log(services));
  }
  scope.get(`${API_ROOT}/status`, async (_, reply) => sendJson(reply, JSON.stringify(await statusOf(context))));
  scope.register(async (inner) => mountBytes(inner, services, context.log));
  mountArchives(scope, services, context.log);
  mountEvents(scope, context);
  mountOpenapi(scope, context);
}

/** One route of the framework for all: with one for each, its tree took a tenth of the server's start. */
function mountTable(scope: FastifyInstance, table: RouteTable<Handler>): void {
  const depth = `${scope.prefix}${API_ROOT}`.split("/").length;
  scope.route({
    method: METHODS,
    url: `${API_ROOT}/*`,
    bodyLimit: MAX_BODY_BYTES,
    handler: (request, reply) => {
      const method = request.method === "HEAD" ? "GET" : request.method;
      const path = (request.url.split(/[?#]/, 1)[0] ?? "").split("/").slice(depth).join("/");
      const found = table.find(method, `/${path}`);
      if (found === undefined) return sendUnknownRoute(request);
      request.params = found.params;
      return found.value(request, reply);
    },
  });
}

/** A handler that is made with its first request: each reads its endpoint's schema. */
function whenUsed(make: () => Handler): Handler {
  let handler: Handler | undefined;
  return (request, reply) => {
    handler ??= make();
    return handler(request, reply);
  };
}

function handlerOf(
  services: Services,
  formed: Forms,
  key: string,
  endpoint: Endpoint,
  from: "query" | "body",
): Handler {
  if (key === "series.history") return history(services, formed, inputReader(endpoint, from));
  if (key === "series.buckets") return buckets(formed, inputReader(endpoint, from));
  if (key === "runs.search") {
    const read = inputReader(endpoint, from);
    return async (request, reply) => sendJson(reply, await formed.json.runs.search(read(request)));
  }
  const read = inputReader(endpoint, from);
  const method = methodOf(services, key);
  return async (request, reply) => {
    const input = read(request);
    const result = await method(...argumentsOf(endpoint, input));
    if (endpoint.absent && result === undefined) throw notHere(key, input);
    if (key === "uploads.get") void reply.header("upload-offset", (result as { received: number }).received);
    return sendResult(reply, endpoint, result);
  };
}

function sendResult(reply: FastifyReply, { result: schema, codec }: Endpoint, result: unknown): FastifyReply {
  if (schema === null) return reply.code(204).send();
  const encode = codec?.encodeResult as ((result: unknown) => unknown) | undefined;
  return sendJson(reply, JSON.stringify(encode === undefined ? result : encode(result)));
}

function isInQuery({ method }: Endpoint): boolean {
  return method === "GET" || method === "DELETE";
}

async function statusOf({ version, status }: NativeContext): Promise<object> {
  return { version, engine: (await status?.()) ?? null };
}
