import { API_ROOT, COLUMNS_TYPE, type Endpoint, endpoints, notHere } from "@cairn/contract";
import type { Services } from "@cairn/core";
import type { FastifyInstance, FastifyReply, RouteHandlerMethod } from "fastify";
import type { WireContext } from "../options.ts";
import { sendJson } from "../respond.ts";
import { mountArchives } from "./archives.ts";
import { mountBytes } from "./bytes.ts";
import { argumentsOf, inputReader, methodOf } from "./call.ts";
import { buckets, type Forms, history } from "./charts.ts";
import { mountEvents } from "./events.ts";
import { log, MAX_LOG_BYTES } from "./log.ts";
import { mountOpenapi } from "./openapi.ts";

/** Of a JSON body that is not a log call's. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

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
  for (const type of ["application/json", COLUMNS_TYPE]) {
    scope.addContentTypeParser(type, { parseAs: "buffer" }, (_, body, done) => done(null, body));
  }
  for (const [key, endpoint] of Object.entries<Endpoint>(endpoints)) {
    if (endpoint.bytes !== undefined) continue;
    scope.route({
      method: endpoint.method,
      url: `${API_ROOT}${urlOf(endpoint.path)}`,
      bodyLimit: key === "runs.log" ? MAX_LOG_BYTES : MAX_BODY_BYTES,
      handler: handlerOf(services, formed, key, endpoint, isInQuery(endpoint) ? "query" : "body"),
    });
    if (endpoint.twin !== undefined) {
      scope.get(`${API_ROOT}${urlOf(endpoint.twin)}`, handlerOf(services, formed, key, endpoint, "query"));
    }
  }
  scope.post(`${API_ROOT}/runs/:id/points`, { bodyLimit: MAX_LOG_BYTES }, log(services));
  scope.get(`${API_ROOT}/status`, async (_, reply) => sendJson(reply, JSON.stringify(await statusOf(context))));
  scope.register(async (inner) => mountBytes(inner, services, context.log));
  mountArchives(scope, services, context.log);
  mountEvents(scope, context);
  mountOpenapi(scope, context);
}

function handlerOf(
  services: Services,
  formed: Forms,
  key: string,
  endpoint: Endpoint,
  from: "query" | "body",
): RouteHandlerMethod {
  if (key === "runs.log") return log(services);
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

/** `/runs/{id}` → `/runs/:id`. */
function urlOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

async function statusOf({ version, status }: NativeContext): Promise<object> {
  return { version, engine: (await status?.()) ?? null };
}
