import type { z } from "zod";
import { COLUMNS_TYPE } from "./columns.ts";
import { type Endpoint, pathFields } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { extraPaths, extraPosts } from "./openapi-extras.ts";
import { createSchemas, type Schemas } from "./openapi-schemas.ts";
import type { Openapi, OpenapiOperation, OpenapiParameter } from "./openapi-types.ts";
import { statusOf } from "./problem.ts";
import { problem } from "./problem-shape.ts";
import { API_ROOT, OFFSET_HEADER } from "./wire-names.ts";

const nouns: Readonly<Record<string, string>> = {
  projects: "The walls between groups of users.",
  experiments: "Named groups of runs.",
  runs: "Trainings, and all that is logged to them.",
  series: "The points of a metric: raw, or drawn as a chart.",
  artifacts: "Files of a run, with revisions.",
  files: "Loose files that no run owns.",
  uploads: "Large files in parts, which go on after a break.",
  models: "Repositories of versions, with aliases that move.",
  versions: "States of a model: drafts, and sealed ones that never change.",
  versionFiles: "Files of a version.",
  live: "What happens now, and how the server is.",
  datasets: "What runs were fed with.",
  checkpoints: "Models that runs left.",
  checkpointFiles: "Files of checkpoints.",
  labels: "Bare words on runs.",
  views: "Saved screens of the page.",
  maintenance: "Housekeeping of the folder that the server has.",
};

/**
 * The native wire as OpenAPI 3.1, made from the endpoint table. Pure: the same table gives the same document.
 * @param options.server where the wire is mounted; `/api/v1` by default.
 */
export function buildOpenapi(options: { readonly server?: string } = {}): Openapi {
  const schemas = createSchemas();
  schemas.use(problem());
  const paths: Record<string, Record<string, OpenapiOperation>> = {};
  for (const [key, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const { path, twin, method } = endpoint;
    put(paths, path, method, operationOf(key, endpoint, schemas, isInQuery(endpoint)));
    if (twin !== undefined) put(paths, twin, "GET", twinOf(key, endpoint, schemas));
    if (key === "runs.log")
      put(paths, `${path.slice(0, path.lastIndexOf("/"))}/points`, "POST", pointsOf(endpoint, schemas));
  }
  for (const [path, operation] of Object.entries(extraPaths)) put(paths, path, "GET", operation);
  for (const [path, operation] of Object.entries(extraPosts)) put(paths, path, "POST", operation);
  return {
    openapi: "3.1.0",
    info: {
      title: "Cairn",
      version: "1",
      description:
        "Keeps the record of a team's models. Times are milliseconds since 1970-01-01 UTC. JSON has no word for NaN and the " +
        'infinities: "NaN", "Infinity" and "-Infinity" stand for them in metric values and as values of parameters.',
    },
    servers: [{ url: options.server ?? API_ROOT }],
    tags: Object.entries(nouns).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: schemas.collect() },
  };
}

function put(
  paths: Record<string, Record<string, OpenapiOperation>>,
  path: string,
  method: string,
  operation: OpenapiOperation,
) {
  paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
}

function operationOf(key: string, endpoint: Endpoint, schemas: Schemas, inQuery: boolean): OpenapiOperation {
  const { path, input, doc, bytes } = endpoint;
  const inPath = new Set(pathFields(path));
  const rest = Object.keys(input.shape).filter((name) => !inPath.has(name));
  const queried = inQuery ? rest : [];
  const parameters = [...inPath, ...queried].map((name) => parameterOf(name, inPath.has(name), input, schemas));
  if (key === "uploads.continue") parameters.push(offsetParameter);
  return {
    operationId: key,
    tags: [key.split(".")[0] ?? ""],
    summary: doc.summary,
    ...(doc.text === undefined ? {} : { description: doc.text }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(bytes === "request" ? { requestBody: { required: true, content: anyBytes } } : {}),
    ...(bytes !== "request" && !inQuery && rest.length > 0 ? { requestBody: bodyOf(key, input, rest, schemas) } : {}),
    responses: responsesOf(endpoint, key, schemas),
  };
}

function twinOf(key: string, endpoint: Endpoint, schemas: Schemas): OpenapiOperation {
  const operation = operationOf(key, endpoint, schemas, true);
  return { ...operation, operationId: `${key}.get`, summary: `${operation.summary}, asked in the query` };
}

function pointsOf(endpoint: Endpoint, schemas: Schemas): OpenapiOperation {
  const operation = operationOf("runs.log", endpoint, schemas, false);
  return {
    ...operation,
    operationId: "runs.log.points",
    summary: "Log points as binary columns (the same call as `/log`)",
  };
}

function bodyOf(key: string, input: z.ZodObject, names: readonly string[], schemas: Schemas) {
  const mask = Object.fromEntries(names.map((name) => [name, true as const])) as Record<string, true>;
  const schema = schemas.use(input.pick(mask));
  const columns = key === "runs.log" ? { [COLUMNS_TYPE]: { schema: { type: "string", format: "binary" } } } : {};
  return { required: true, content: { "application/json": { schema }, ...columns } };
}

function parameterOf(name: string, isInPath: boolean, input: z.ZodObject, schemas: Schemas): OpenapiParameter {
  const field = input.shape[name] as z.ZodType;
  const { description, ...schema } = schemas.use(field);
  return {
    name,
    in: isInPath ? "path" : "query",
    required: isInPath || !field.safeParse(undefined).success,
    ...(typeof description === "string" ? { description } : {}),
    schema,
  };
}

const anyBytes = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };

const offsetParameter: OpenapiParameter = {
  name: OFFSET_HEADER,
  in: "header",
  required: true,
  description: "Where the bytes begin: what was received so far.",
  schema: { type: "integer", minimum: 0 },
};

function responsesOf({ result, errors, bytes }: Endpoint, key: string, schemas: Schemas): Record<string, unknown> {
  const content =
    bytes === "response"
      ? anyBytes
      : result && { "application/json": { schema: schemas.use(result) }, ...otherForms(key) };
  const good = content ? { 200: { description: "Done.", content } } : { 204: { description: "Done." } };
  const bad = errors.map((code) => [
    statusOf[code],
    {
      description: `\`${code}\``,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  ]);
  return { ...good, ...Object.fromEntries(bad) };
}

function otherForms(key: string): Record<string, unknown> {
  const binary = { [COLUMNS_TYPE]: { schema: { type: "string", format: "binary" } } };
  if (key === "series.buckets") return binary;
  return key === "series.history" ? { ...binary, "text/csv": { schema: { type: "string" } } } : {};
}

function isInQuery({ method }: Endpoint): boolean {
  return method === "GET" || method === "DELETE";
}
