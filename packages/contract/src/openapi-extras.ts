import type { OpenapiOperation } from "./openapi-types.ts";

/** What is no service method: mounted by hand, described by hand. */
export const extraPaths: Readonly<Record<string, OpenapiOperation>> = {
  "/events": {
    operationId: "events.subscribe",
    tags: ["live"],
    summary: "Hear of changes as they happen (server-sent events)",
    description:
      "Each event is a hint `{kind, id, experiment}`: read again what it names (`experiment` is null for models, and for versions, whose id is `<model>/<number>`). Ids are `<epoch>-<seq>`; a client that comes back with " +
      "Last-Event-ID gets what it missed, or `reset`, and then reads everything anew. Hints about one thing within a tenth of a " +
      "second go out as one.",
    parameters: [
      {
        name: "experiment",
        in: "query",
        required: false,
        description: "Only events of these experiments; repeat it, or part them by commas.",
        schema: { type: "array", items: { type: "integer" } },
      },
      {
        name: "after",
        in: "query",
        required: false,
        description: "As Last-Event-ID, for clients that cannot set a header.",
        schema: { type: "string" },
      },
    ],
    responses: {
      200: { description: "The stream.", content: { "text/event-stream": { schema: { type: "string" } } } },
    },
  },
  "/status": {
    operationId: "status.get",
    tags: ["live"],
    summary: "Ask how the server is",
    description: "Its version, and what the engine holds and waits for.",
    responses: { 200: { description: "Done.", content: { "application/json": { schema: { type: "object" } } } } },
  },
  "/openapi.json": {
    operationId: "openapi.get",
    tags: ["live"],
    summary: "Get this description as OpenAPI 3.1",
    responses: { 200: { description: "Done.", content: { "application/json": { schema: { type: "object" } } } } },
  },
};
