import type { OpenapiOperation } from "./openapi-types.ts";

const folder = {
  name: "folder",
  in: "query",
  required: false,
  description: "All files when left out. Names in the zip begin below it.",
  schema: { type: "string" },
} as const;

function archiveOf(
  tag: string,
  of: string,
  ...path: readonly (readonly [name: string, type: string])[]
): OpenapiOperation {
  return {
    operationId: `${tag}.archive`,
    tags: [tag],
    summary: `Download ${of} as a zip`,
    description: "Made while it is sent. An answer that breaks off is no whole zip, and no reader takes it for one.",
    parameters: [
      ...path.map(([name, type]) => ({ name, in: "path" as const, required: true, schema: { type } })),
      folder,
    ],
    responses: {
      200: { description: "Done.", content: { "application/zip": { schema: { type: "string", format: "binary" } } } },
    },
  };
}

function maintenanceOf(call: string, summary: string, done: string): OpenapiOperation {
  return {
    operationId: `maintenance.${call}`,
    tags: ["maintenance"],
    summary,
    description: `Takes nothing. The answer is JSON, one document a line, as it goes: \`{progress}\` now and then, ${done}; \`{problem}\` instead where it could not be done.`,
    responses: {
      200: { description: "The lines.", content: { "application/x-ndjson": { schema: { type: "string" } } } },
    },
  };
}

/** As `extraPaths`, for what is asked by POST. */
export const extraPosts: Readonly<Record<string, OpenapiOperation>> = {
  "/maintenance/check": maintenanceOf(
    "check",
    "Verify every record and re-hash every file",
    "`{finding}` for each thing that is damaged or worth knowing, and `{done}` last",
  ),
  "/maintenance/gc": maintenanceOf(
    "gc",
    "Free the files that nothing names any more",
    "and last `{done}` with how many files and bytes were freed",
  ),
};

/** What is no service method: mounted by hand, described by hand; asked by GET. */
export const extraPaths: Readonly<Record<string, OpenapiOperation>> = {
  "/events": {
    operationId: "events.subscribe",
    tags: ["live"],
    summary: "Hear of changes as they happen (server-sent events)",
    description:
      "Each event is a hint `{kind, id, experiment}`: read again what it names (`experiment` is null for models, for views of no experiment, and for versions, whose id is `<model>/<number>`). Ids are `<epoch>-<seq>`; a client that comes back with " +
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
  "/runs/{run}/archive": archiveOf("artifacts", "the files of a run, or of one of its folders,", ["run", "string"]),
  "/checkpoints/{checkpoint}/archive": archiveOf("checkpointFiles", "the files of a checkpoint", [
    "checkpoint",
    "string",
  ]),
  "/models/{model}/versions/{number}/archive": archiveOf(
    "versionFiles",
    "the files of a version",
    ["model", "integer"],
    ["number", "integer"],
  ),
  "/archive": archiveOf("files", "the loose files, or those of a folder,"),
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
