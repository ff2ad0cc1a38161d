import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { baseUrl } from "../base-url.ts";
import { drainBody } from "../bytes-of.ts";
import { type Handler, mountTable } from "../mount-table.ts";
import type { Log, Wire, WireContext } from "../options.ts";
import { causeOf, isGone } from "../respond.ts";
import { createRouteTable } from "../route-table.ts";
import { artifactRoutes, getArtifact } from "./artifacts.ts";
import { METHODS, mountCalls } from "./calls.ts";
import { datasetRoutes } from "./datasets.ts";
import { toWireError, WireError } from "./errors.ts";
import { experimentRoutes } from "./experiments.ts";
import { createLocations } from "./locations.ts";
import { loggedModelRoutes } from "./logged-models.ts";
import { loggingRoutes } from "./logging.ts";
import { metricRoutes } from "./metrics.ts";
import { mountProxy } from "./proxy.ts";
import { aliasRoutes } from "./registry/aliases.ts";
import { modelRoutes } from "./registry/models.ts";
import { getVersionArtifact, versionRoutes } from "./registry/versions.ts";
import type { Call, Route } from "./route.ts";
import { runRoutes } from "./runs.ts";

export interface MlflowOptions {
  /** Where the artifacts of new experiments lie, as a URI that clients understand; null = with the server, by its proxy. */
  readonly defaultArtifactRoot?: string | null | undefined;
  /** What the source of a new model version must match somewhere; null = any may be given. */
  readonly versionSourcePattern?: RegExp | null | undefined;
}

/** The release whose wire this is. `/version` says so, and clients choose by it what they may ask. */
const MLFLOW_VERSION = "3.17.2";
/** A batch of metrics is some 100 KB. With every parameter and tag as long as may be, each character escaped, 17 MB. */
const BODY_LIMIT = 20 * 1024 * 1024;
const JSON_TYPE = "application/json; charset=utf-8";
const EMPTY = "{}";

/**
 * Speaks MLflow's REST wire (docs/design/mlflow-compat.md): parses, asks core, words the answer. It holds no rules.
 * It brings its own body parsers and error handler, so its scope must be its own.
 *
 * @example
 * createServer({ services, events, version, wires: [mlflowWire({ defaultArtifactRoot: null })] });
 */
export function mlflowWire(options: MlflowOptions = {}): Wire {
  return Object.assign((scope: FastifyInstance, context: WireContext) => mount(scope, context, options), {
    paths: ["ajax-api", "get-artifact", "health", "model-versions", "version"],
  });
}

function mount(app: FastifyInstance, context: WireContext, options: MlflowOptions): void {
  const { services: source, log } = context;
  const services = source.as({ name: "" });
  const formed = (data: unknown) => source.formed({ name: "" }, { form: "mlflow", data });
  const locations = createLocations();

  const answer =
    (handler: (call: Call) => Promise<unknown>) => async (request: FastifyRequest, reply: FastifyReply) => {
      const own = () => baseUrl(request, context);
      const result = await handler({ services, formed, locations, request, reply, log, baseUrl: own });
      // A stream whose client went away is not sent, but begun: nothing can follow it.
      if (reply.sent || reply.raw.headersSent || result === reply) return reply;
      reply.header("content-type", JSON_TYPE);
      // Returned, not sent: an answer that is returned once it is sent is waited for.
      if (typeof result === "string" || result instanceof Uint8Array) return result;
      return result === undefined ? EMPTY : JSON.stringify(result);
    };

  app.removeAllContentTypeParsers();
  // By its name too: what only "*" fits, the framework takes apart anew for every request.
  for (const type of ["application/json", "*"]) app.addContentTypeParser(type, context.readBody);
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, log));

  mountCalls(app, allRoutes(options), { answer, bodyLimit: BODY_LIMIT, unknown: sendUnknownRoute });
  const newer = createRouteTable<Handler>();
  newer.add(
    "GET",
    "/mlflow/server-info",
    answer(async () => serverInfo),
  );
  for (const base of ["/api/3.0", "/ajax-api/3.0"])
    mountTable(app, base, newer, { methods: METHODS, unknown: sendUnknownRoute });
  app.route({ method: ["GET", "HEAD"], url: "/get-artifact", handler: answer(getArtifact) });
  // The client's own page asks with two slashes.
  for (const url of ["/model-versions/get-artifact", "//model-versions/get-artifact"])
    app.route({ method: ["GET", "HEAD"], url, handler: answer(getVersionArtifact) });
  app.get("/health", async (_, reply) => reply.type("text/plain; charset=utf-8").send("OK"));
  app.get("/version", async (_, reply) => reply.type("text/plain; charset=utf-8").send(MLFLOW_VERSION));
  app.register(async (scope) => {
    for (const base of ["/api/2.0", "/ajax-api/2.0"])
      mountProxy(scope, `${base}/mlflow-artifacts`, { answer, unknown: sendUnknownRoute });
  });
}

function allRoutes({ defaultArtifactRoot = null, versionSourcePattern = null }: MlflowOptions): readonly Route[] {
  return [
    ...experimentRoutes(defaultArtifactRoot),
    ...runRoutes,
    ...loggingRoutes,
    ...metricRoutes,
    ...artifactRoutes,
    ...datasetRoutes,
    ...loggedModelRoutes,
    ...modelRoutes,
    ...aliasRoutes,
    ...versionRoutes(versionSourcePattern),
  ];
}

/**
 * What clients look at before they use a newer feature. `SqlStore` is the kind whose behaviour this is. Files in parts are
 * taken from who asks for it, not recommended: one stream is written once, parts twice.
 */
const serverInfo = Object.freeze({
  store_type: "SqlStore",
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
});

/** Not JSON: from that, clients see that the endpoint is missing, and fall back to an older one. */
async function sendUnknownRoute(_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply.code(404).type("text/plain; charset=utf-8").send("Not Found");
}

/** Nobody reads it; but a client that went away is not the server's defect, and must not be logged as one. */
const gone = new WireError("BAD_REQUEST", "The connection broke before the whole body had come.");

async function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): Promise<FastifyReply> {
  const known = isGone(error) ? gone : toWireError(error, request.routeOptions.bodyLimit);
  const status = known?.status ?? 500;
  const what = `${request.method} ${request.url.slice(0, 200)} → ${status} [${request.id}]`;
  if (known === gone) log("debug", `${what} the client went away`);
  else if (status >= 500 && status !== 501) log("error", `${what} ${causeOf(error)}`);
  await drainBody(request.raw);
  // A body that was not read to its end cannot be followed by another request.
  if (!request.raw.complete) reply.header("connection", "close");
  const unknown = {
    error_code: "INTERNAL_ERROR",
    message: `Internal error; the server's log has the cause under ${request.id}.`,
  };
  return reply
    .code(status)
    .header("content-type", JSON_TYPE)
    .send(known?.body ?? JSON.stringify(unknown));
}
