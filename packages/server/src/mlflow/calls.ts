import type { FastifyInstance, HTTPMethods } from "fastify";
import { type Handler as Mounted, mountTable } from "../mount-table.ts";
import { createRouteTable } from "../route-table.ts";
import type { Handler, Route } from "./route.ts";

const AJAX = "/ajax-api/2.0";
const BASES = ["/api/2.0", AJAX];
/** TRACE and the like are nobody's: the server's own answer is good enough for them. */
export const METHODS: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/**
 * Mounts the calls of this wire: one table for each base. Only those with a limit of their own are routes of the framework.
 *
 * @param bodyLimit in bytes, for calls that name none
 * @param unknown answers paths below the bases that are no call's
 */
export function mountCalls(
  app: FastifyInstance,
  routes: readonly Route[],
  { answer, bodyLimit, unknown }: { answer: (handler: Handler) => Mounted; bodyLimit: number; unknown: Mounted },
): void {
  for (const base of BASES) {
    const table = createRouteTable<Mounted>();
    for (const { method, path, handler, isAjaxOnly, bodyLimit: own } of routes) {
      if (isAjaxOnly && base !== AJAX) continue;
      if (own === undefined) table.add(method, path, answer(handler));
      else app.route({ method, url: base + path, bodyLimit: own, handler: answer(handler) });
    }
    mountTable(app, base, table, { methods: METHODS, unknown, bodyLimit });
  }
}
