import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { RouteTable } from "./route-table.ts";

export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

export interface TableOptions {
  /** All that the table has routes for; HEAD is answered by what GET is. */
  readonly methods: readonly HTTPMethods[];
  /** Answers what is below the table's path but not in it. */
  readonly unknown: Handler;
  /** In bytes; the framework's own by default. */
  readonly bodyLimit?: number;
}

/**
 * Mounts a table, whose paths are below `base`, as one route of the framework: with one for each, its tree, which compiles
 * code for every method of every path, took a fifth of the server's start.
 */
export function mountTable(
  scope: FastifyInstance,
  base: string,
  table: RouteTable<Handler>,
  { methods, unknown, bodyLimit }: TableOptions,
): void {
  const root = `${scope.prefix}${base}`;
  scope.route({
    method: [...methods],
    url: `${base}/*`,
    ...(bodyLimit !== undefined && { bodyLimit }),
    handler: (request, reply) => {
      const method = request.method === "HEAD" ? "GET" : request.method;
      const found = table.find(method, pathBelow(root, request.url));
      if (found === undefined) return unknown(request, reply);
      request.params = found.params;
      return found.value(request, reply);
    },
  });
}

/** As it was sent, because an encoded slash divides nothing. */
function pathBelow(root: string, url: string): string {
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  if (path.startsWith(root)) return path.slice(root.length);
  // Some of the root's own letters are encoded.
  return `/${path.split("/").slice(root.split("/").length).join("/")}`;
}
