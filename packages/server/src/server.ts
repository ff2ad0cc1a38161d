import { TrackerError } from "@cairn/core";
import { type FastifyInstance, type FastifyRequest, fastify } from "fastify";
import { answerBrokenRequest } from "./broken-request.ts";
import { createGuard } from "./guard.ts";
import { limitSilence } from "./limit-silence.ts";
import { mountNative } from "./native/native.ts";
import { type Log, normalizePrefix, type ServerInput } from "./options.ts";
import { mountDocs } from "./pages/docs/docs.ts";
import { mountLanding } from "./pages/landing.ts";
import { mountAssets, type PageContext } from "./pages/page.ts";
import { createWeb, type Web } from "./pages/web.ts";
import { createBodies } from "./read-bodies.ts";
import { createErrorHandler, createRequestIds, sendUnknownRoute } from "./respond.ts";

/** Requests still under way when the server closes get this long. */
const CLOSE_MS = 4000;
/** Of one request's headers, its URL included: a series key of 1024 characters is up to 9 KB percent-encoded. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Below these no address is one that the web page draws. */
const OWN_PATHS = ["api", "docs", "pages"];

/**
 * The HTTP server over core's services. It knows no store: `services.as({ name })` is all it asks of the record.
 *
 * @example
 * const app = createServer({ services, events: services.events, version: "0.1.0" });
 * await app.listen({ host: "127.0.0.1", port: 4600 });
 * // later: live streams end, requests under way finish (4 s at most), then the port is free
 * await app.close();
 */
export function createServer(input: ServerInput): FastifyInstance {
  const { services, events, wires = [], options = {}, version, status, webFolder } = input;
  const log: Log = options.log ?? (() => {});
  const staticPrefix = normalizePrefix(options.staticPrefix);
  const app = fastify({
    logger: false,
    genReqId: createRequestIds(),
    requestTimeout: 0, // a large upload takes as long as it takes; headersTimeout still guards the start of a request
    forceCloseConnections: "idle",
    return503OnClosing: false,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    routerOptions: { maxParamLength: MAX_HEADER_BYTES, ignoreTrailingSlash: false },
    clientErrorHandler: answerBrokenRequest,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
  });
  const handleError = createErrorHandler(log);
  const guard = createGuard([...(options.allowedHosts ?? []), ...hostsOf(options.publicUrl)], staticPrefix);
  app.setErrorHandler(handleError);
  const taken = [...OWN_PATHS, ...wires.flatMap(({ paths }) => paths ?? [])];
  const web = createWeb({ folder: webFolder, staticPrefix, taken });
  app.setNotFoundHandler(async (request, reply) => (await web.answer(request, reply)) ?? sendUnknownRoute(request));
  const bodies = createBodies();
  const watch = limitSilence(app);
  // One hook for all: each takes as long as what it does.
  app.addHook("onRequest", (request, reply, done) => {
    // Not on the raw answer: Node then joins two sets of headers. Answers written past the framework take them over.
    reply.header("x-content-type-options", "nosniff");
    guard(request);
    checkEncoding(request);
    bodies.admit(request, reply);
    watch(request.raw, reply.raw);
    done();
  });
  limitClosing(app);
  const { publicUrl } = options;
  const context = { services, events, version, staticPrefix, publicUrl, readBody: bodies.read, log };
  const pages = { version, staticPrefix, publicUrl };
  app.register(async (scope) => mountNative(scope, { ...context, status }), { prefix: staticPrefix });
  app.register(async (scope) => mountPages(scope, pages, web), { prefix: staticPrefix });
  for (const wire of wires) app.register(async (scope) => wire(scope, context), { prefix: staticPrefix });
  return app;
}

/** The contract checks inputs; leaving Fastify without a schema compiler spares each start the loading of its two. */
function noSchemas(): never {
  throw new Error("Routes have no Fastify schemas here: the contract checks what comes in.");
}

function mountPages(scope: FastifyInstance, context: PageContext, web: Web): void {
  mountAssets(scope);
  mountLanding(scope, context, web);
  mountDocs(scope, context);
}

/** Bytes are kept as they come: a packed body would be stored packed, and read back as what it is not. */
function checkEncoding({ headers }: FastifyRequest): void {
  const encoding = headers["content-encoding"];
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  throw new TrackerError(
    "invalid",
    `Content-Encoding '${encoding.slice(0, 100)}' is not understood here; send the body as it is.`,
  );
}

/** Fastify waits for requests under way; a client that never finishes must not hold the process. */
function limitClosing(app: FastifyInstance): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook("preClose", (done) => {
    timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS);
    done();
  });
  app.addHook("onClose", (_, done) => {
    clearTimeout(timer);
    done();
  });
}

function hostsOf(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { host, hostname } = new URL(url);
  return [host, hostname];
}
