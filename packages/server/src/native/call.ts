import { isUtf8 } from "node:buffer";
import { checkJson, checkSize, type Endpoint, parseJson, parseTexts, zodProblem } from "@cairn/contract";
import { invalid, type Services } from "@cairn/core";
import type { FastifyRequest } from "fastify";

type Fields = Record<string, unknown>;
type Method = (...args: unknown[]) => Promise<unknown>;

/** The service method that a key such as `runs.create` names. */
export function methodOf(services: Services, key: string): Method {
  const [noun = "", verb = ""] = key.split(".");
  return (services as unknown as Record<string, Record<string, Method>>)[noun]?.[verb] as Method;
}

/**
 * Reads an endpoint's input from a request: path, then query or JSON body.
 * @throws invalid naming the field and its value.
 */
export function inputReader<T = Fields>(endpoint: Endpoint, from: "query" | "body"): (request: FastifyRequest) => T {
  const { input, codec } = endpoint;
  const readTexts = parseTexts(input.shape);
  return (request) => {
    const fields = {
      ...(from === "query" ? readTexts(queryOf(request)) : bodyOf(request)),
      ...readTexts(pathOf(request, endpoint)),
    };
    checkSize(input, fields, "The request");
    const parsed = input.safeParse(fields);
    if (!parsed.success) throw zodProblem(parsed.error, fields);
    return (codec?.decodeInput?.(parsed.data) ?? parsed.data) as T;
  };
}

/** The method's positional arguments; "*" is all that no other argument names. */
export function argumentsOf({ args }: Endpoint, fields: Fields): unknown[] {
  const rest = { ...fields };
  for (const name of args) delete rest[name];
  return args.map((name) => (name === "*" ? rest : fields[name]));
}

/** The JSON body's text. @throws invalid unless it is UTF-8. */
export function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) return "";
  if (!isUtf8(body)) throw invalid("The body is not UTF-8.");
  return body.toString("utf8");
}

/** A whole number in a path. @throws invalid naming `what` it is. */
export function wholeOf(what: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalid(`${what} is a whole number, not '${text.slice(0, 80)}'.`);
}

/** A query's texts in order, repeated names too. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : request.url.slice(at + 1));
}

function pathOf(request: FastifyRequest, { path }: Endpoint): [string, string][] {
  const params = request.params as Record<string, string>;
  return Object.entries(params)
    .map(([name, text]) => [name === "*" ? "path" : name, text] as [string, string])
    .filter(([name]) => path.includes(`{${name}}`));
}

function bodyOf(request: FastifyRequest): Fields {
  const text = textOf(request.body);
  if (text === "") return {};
  const body = parseJson(text, "The body");
  checkJson(body, "The body");
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalid("The body must be a JSON object.");
  return body as Fields;
}
