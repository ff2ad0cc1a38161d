import type { FastifyReply, FastifyRequest } from "fastify";
import { isKnownTag } from "../is-known-tag.ts";
import { escapeHtml } from "./escape-html.ts";
import { type Coding, etagOf, followWebFiles, type WebFile } from "./web-files.ts";

export interface WebOptions {
  /** What `npm run build` makes: `index.html`, `assets/` and what else lies at its top. Undefined: there is none. */
  readonly folder: string | undefined;
  readonly staticPrefix: string;
  /** First names of paths that are no page's: whoever asks below them gets what is there, or an error as JSON. */
  readonly taken: readonly string[];
}

export interface Web {
  /** Sends the page; undefined when it is not built. */
  sendIndex(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  /** Answers what no route does, if it is a file of the page or an address that the page draws; else undefined. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
}

/**
 * Everything the page needs comes from ourselves. `blob:` is for pictures that it draws, for workers, and for frames, which
 * are sandboxed besides.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A file whose name holds its hash. */
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * The web page: one HTML file for every address that it draws, and the files beside it. The page finds its way by
 * `<base href>`, which is set to the prefix under which it is served.
 */
export function createWeb({ folder, staticPrefix, taken }: WebOptions): Web {
  const current = folder === undefined ? async () => undefined : followWebFiles(folder);
  const closed = new Set([...taken, "assets"]);
  let sent: { readonly from: string; readonly html: string; readonly etag: string } | undefined;

  const sendIndex: Web["sendIndex"] = async (request, reply) => {
    const index = (await current())?.index;
    if (index === undefined) return undefined;
    if (sent?.from !== index) {
      const html = setBase(index, staticPrefix);
      sent = { from: index, html, etag: etagOf(html) };
    }
    void reply.headers({
      "content-security-policy": POLICY,
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-cache",
      etag: sent.etag,
    });
    if (isKnownTag(request.headers["if-none-match"], sent.etag)) return reply.code(304).send();
    return reply.header("content-type", "text/html; charset=utf-8").send(sent.html);
  };

  const answer: Web["answer"] = async (request, reply) => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    const path = pathBelow(request.url, staticPrefix);
    if (path === undefined) return undefined;
    const file = path === "index.html" ? undefined : (await current())?.find(path);
    if (file !== undefined) return sendFile(request, reply, file);
    const [first = ""] = path.split("/", 1);
    const wantsPage = request.headers.accept?.includes("text/html") === true;
    return wantsPage && !closed.has(first) ? sendIndex(request, reply) : undefined;
  };

  return Object.freeze({ sendIndex, answer });
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: WebFile,
): Promise<FastifyReply | undefined> {
  const body = await file.read(acceptedCodings(request.headers["accept-encoding"]));
  if (body === undefined) return undefined;
  const { bytes, etag, coding } = body;
  void reply.headers({
    etag,
    "cache-control": file.isImmutable ? FOR_EVER : "no-cache",
    "cross-origin-resource-policy": "same-origin",
  });
  if (file.isPacked) void reply.header("vary", "accept-encoding");
  if (isKnownTag(request.headers["if-none-match"], etag)) return reply.code(304).send();
  if (coding !== "identity") void reply.header("content-encoding", coding);
  // A picture opened by its own address is a page too, and an SVG one could run what stands in it.
  void reply.headers({ "content-type": file.type, "content-security-policy": "default-src 'none'; sandbox" });
  return reply.send(bytes);
}

/** The path behind the prefix, without the slash in front; undefined for one outside. */
function pathBelow(url: string, prefix: string): string | undefined {
  const path = url.split("?", 1)[0] ?? "";
  if (prefix !== "" && path !== prefix && !path.startsWith(`${prefix}/`)) return undefined;
  return path.slice(prefix.length).replace(/^\/+/, "");
}

/** RFC 9110 §12.5.3, as far as we pack: `br;q=0` refuses, `*` takes all that is not named. */
function acceptedCodings(header: string | string[] | undefined): ReadonlySet<Coding> {
  const weights = new Map<string, number>();
  for (const item of String(header ?? "")
    .toLowerCase()
    .split(",")) {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    const weight = parameters.find((part) => part.startsWith("q="))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  const others = weights.get("*") ?? 0;
  return new Set((["br", "gzip"] as const).filter((name) => (weights.get(name) ?? others) > 0));
}

/** Puts the prefix into the page's `<base>`; a page without one gets it first in its head, before anything is loaded. */
function setBase(html: string, prefix: string): string {
  const base = `<base href="${escapeHtml(prefix)}/">`;
  const own = /<base\s[^>]*>/i;
  return own.test(html) ? html.replace(own, () => base) : html.replace(/<head[^>]*>/i, (head) => head + base);
}
