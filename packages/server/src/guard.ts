import { isIP } from "node:net";
import { hostname } from "node:os";
import { TrackerError } from "@cairn/core";
import type { FastifyRequest } from "fastify";

/** Asked by load balancers by any name; they answer the same to everybody. Whole paths: files may be named so too. */
const OPEN = ["/health", "/version"];

/**
 * Stops pages of other sites from speaking to this server through a visitor's browser: by a name of theirs that resolves
 * to our address (Host), or across origins (Origin).
 * @param allowed names or `host:port` beside addresses, `localhost` and this machine's own name.
 * @param staticPrefix what every path begins with: "" or such as `/cairn`.
 * @returns a check that throws `forbidden`.
 */
export function createGuard(allowed: readonly string[], staticPrefix = ""): (request: FastifyRequest) => void {
  const open = new Set(OPEN.map((path) => staticPrefix + path));
  const own = new Set([hostname().toLowerCase(), ...allowed.map((host) => host.toLowerCase())]);
  const known = new Map<string, boolean>();
  const isAllowed = (host: string): boolean => {
    const before = known.get(host);
    if (before !== undefined) return before;
    const name = nameOf(host);
    const answer = own.has(host) || (name !== undefined && (own.has(name) || isNear(name)));
    if (known.size < 1000) known.set(host, answer);
    return answer;
  };
  return (request) => {
    const { host, origin } = request.headers;
    if (host !== undefined && !isAllowed(host.toLowerCase()) && !open.has(pathOf(request.url))) {
      throw new TrackerError(
        "forbidden",
        `This server is not known as '${host.slice(0, 100)}'. Reach it by its address, or start it with --public-url http://${host.slice(0, 100)} (or CAIRN_PUBLIC_URL).`,
      );
    }
    if (origin !== undefined && !isSameOrigin(origin, host, own)) {
      throw new TrackerError("forbidden", `Pages of '${origin.slice(0, 100)}' may not speak to this server.`);
    }
  };
}

function isSameOrigin(origin: string, host: string | undefined, own: ReadonlySet<string>): boolean {
  const named = /^https?:\/\/(.+)$/i.exec(origin)?.[1]?.toLowerCase();
  if (named === undefined) return false;
  return named === host?.toLowerCase() || own.has(named) || own.has(origin.toLowerCase());
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

/** `[::1]:4600` → `::1`, `localhost:4600` → `localhost`; undefined for what is neither name nor address. */
function nameOf(host: string): string | undefined {
  const [, address, name] = /^(?:\[([0-9a-f.:]+)\]|([\w.-]+))(?::\d{1,5})?$/.exec(host) ?? [];
  return address ?? name;
}

/**
 * Addresses, and names of this machine that no resolver gives away. A page of another site that reaches us through its own
 * name shows that name in Host; an address there was typed or linked as such, and Origin says by whom.
 */
function isNear(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0;
}
