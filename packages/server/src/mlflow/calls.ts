import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Handler, pathOf, type Route } from "./route.ts";

type Answer = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

const AJAX = "/ajax-api/2.0";
const BASES = ["/api/2.0", AJAX];
/** What every call's path begins with. */
const BELOW = "/mlflow/";
const METHODS = ["GET", "HEAD", "POST", "PATCH", "DELETE"];

/**
 * Mounts the calls of this wire. Those that are known by their path alone share one route of the framework for each base and
 * are found in a table: with a route for each, the framework's tree took a sixth of the server's start.
 *
 * @param bodyLimit in bytes, for calls that name none
 * @param unknown answers paths below the shared route that are no call's
 */
export function mountCalls(
  app: FastifyInstance,
  routes: readonly Route[],
  { answer, bodyLimit, unknown }: { answer: Answer; bodyLimit: number; unknown: ReturnType<Answer> },
): void {
  const isAlone = aloneAmong(routes);
  for (const base of BASES) {
    const calls = new Map<string, Map<string, ReturnType<Answer>>>(METHODS.map((method) => [method, new Map()]));
    for (const { method, path, handler, isAjaxOnly, bodyLimit: own } of routes) {
      if (isAjaxOnly && base !== AJAX) continue;
      if (own === undefined && isAlone(path)) calls.get(method)?.set(path.slice(BELOW.length), answer(handler));
      else app.route({ method, url: base + path, bodyLimit: own ?? bodyLimit, handler: answer(handler) });
    }
    app.route({
      method: METHODS,
      url: `${base}${BELOW}*`,
      bodyLimit,
      handler: (request, reply) => {
        const method = request.method === "HEAD" ? "GET" : request.method;
        return (calls.get(method)?.get(pathOf(request)) ?? unknown)(request, reply);
      },
    });
  }
}

/** Whether a path has no parameter, and lies below no path's parameter: the framework would take it for that one's value. */
function aloneAmong(routes: readonly Route[]): (path: string) => boolean {
  const shared = routes.filter(({ path }) => /[:*]/.test(path)).map(({ path }) => path.slice(0, path.search(/[:*]/)));
  return (path) => !shared.some((start) => path.startsWith(start));
}
