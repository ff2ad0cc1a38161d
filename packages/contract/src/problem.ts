import { clip, type ErrorCode, errorCodes, TrackerError } from "@cairn/core";

/** The one table from what went wrong to HTTP. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unsupported: 501,
  unavailable: 503,
  storage_full: 507,
};

/** The body of every answer that is not a success. */
export interface Problem {
  readonly code: ErrorCode;
  /** For people: what is wrong, which value, what to do. */
  readonly message: string;
  /** For programs. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Names the request in the server's log. */
  readonly requestId: string;
}

/**
 * Reads an error answer back. A body that is not a problem (a proxy's page, say) becomes the code that the status
 * stands for, so a caller can always act on `code`.
 */
export function parseProblem(status: number, body: unknown): TrackerError {
  if (!isProblem(body)) {
    return new TrackerError(codeOf(status), `The server answered ${status} without saying why.`, { status });
  }
  const { code, message, details, requestId } = body;
  return new TrackerError(code, message, details, { cause: { status, requestId } });
}

function isProblem(body: unknown): body is Problem {
  if (!isObject(body)) return false;
  const { code, message, details, requestId } = body;
  return (
    errorCodes.some((known) => known === code) &&
    typeof message === "string" &&
    typeof requestId === "string" &&
    isObject(details)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function codeOf(status: number): ErrorCode {
  if (status === 502 || status === 504) return "unavailable";
  return errorCodes.find((code) => statusOf[code] === status) ?? (status < 500 ? "invalid" : "internal");
}

/** What a service looks for, where people would not say it as the service is called. */
const things: Readonly<Record<string, string>> = { experiments: "experiment", models: "model", versions: "version" };

/** For a service method that answers undefined: 404, marked so that the client can make undefined of it again. */
export function notHere(key: string, input: Readonly<Record<string, unknown>>): TrackerError {
  const [noun = "", verb] = key.split(".");
  const fields = Object.entries(input).filter(
    ([, value]) => (typeof value === "string" && value !== "") || typeof value === "number",
  );
  const asked = fields.map(([name, value]) => `${name} '${clip(String(value))}'`).join(", ");
  const message =
    verb === "link"
      ? `The server has no bytes for ${asked}: upload them.`
      : `There is no ${things[noun] ?? "file"} with ${asked}. A list says what there is.`;
  return new TrackerError("not_found", message, { absent: true });
}

export function isNotHere(error: unknown): boolean {
  return error instanceof TrackerError && error.code === "not_found" && error.details["absent"] === true;
}
