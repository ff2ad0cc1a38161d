import { API_ROOT, type Endpoint, endpoints, type OpenapiOperation } from "@cairn/contract";

/** A command line that tries the call, with the example of the endpoint table. `$RUN` and the like are the reader's to fill. */
export function curlOf(
  method: string,
  path: string,
  { operationId, requestBody, parameters = [] }: OpenapiOperation,
  url: string,
): string {
  const key = operationId.replace(/\.(get|points)$/, (end) => (operationId.split(".").length > 2 ? "" : end));
  const { example = {} } = (endpoints as Readonly<Record<string, Endpoint>>)[key]?.doc ?? {};
  const rest = { ...example };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return value === undefined ? `$${name === "id" ? nounOf(path) : name.toUpperCase()}` : String(value);
  });
  const isBytes = requestBody?.content["application/json"] === undefined;
  const inQuery = parameters.some((parameter) => parameter.in === "query") && requestBody === undefined;
  const query = inQuery ? queryOf(rest) : "";
  const target = `${url}${API_ROOT}${filled}${query}`;
  const lines = [
    `curl ${method === "GET" || (method === "POST" && requestBody !== undefined) ? "" : `-X ${method} `}${/[?&$]/.test(target) ? `"${target}"` : target}`,
  ];
  if (operationId === "uploads.continue") lines.push("-H 'Upload-Offset: 0'");
  if (operationId === "runs.log.points") lines.push("-H 'Content-Type: application/x-cairn-columns'");
  if (requestBody !== undefined && isBytes) lines.push("--data-binary @FILE");
  else if (operationId === "runs.log.points") lines.push("--data-binary @points.bin");
  else if (requestBody !== undefined) lines.push("-H 'Content-Type: application/json'", `-d '${bodyOf(rest)}'`);
  if (operationId === "events.subscribe") lines.push("-N");
  return lines.join(" \\\n  ");
}

/** JSON for single quotes. Where an example says "RUN", the shell's $RUN stands instead. */
function bodyOf(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(fields).replaceAll("'", "'\\''").replaceAll('"RUN"', `"'$RUN'"`);
}

function nounOf(path: string): string {
  return path.startsWith("/runs") ? "RUN" : path.startsWith("/uploads") ? "UPLOAD" : "EXPERIMENT";
}

function queryOf(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${encodeURIComponent(Array.isArray(value) ? value.join(",") : String(value))}`,
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
