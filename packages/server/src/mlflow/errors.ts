import { clip, isTrackerError, type TrackerError } from "@cairn/core";

/** The codes of MLflow's errors that this wire gives, with the status each travels under. */
const statuses = {
  BAD_REQUEST: 400,
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  /** 500 at the origin; its client repeats every 5xx for minutes, and an answer that will not change is no reason to. */
  INVALID_STATE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type WireCode = keyof typeof statuses;

/** An error in MLflow's words: its clients match on code and message. */
export class WireError extends Error {
  readonly code: WireCode;

  constructor(code: WireCode, message: string) {
    super(message);
    this.name = "WireError";
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }

  get body(): string {
    return JSON.stringify({ error_code: this.code, message: this.message });
  }
}

export function invalidValue(message: string): WireError {
  return new WireError("INVALID_PARAMETER_VALUE", message);
}

export function doesNotExist(message: string): WireError {
  return new WireError("RESOURCE_DOES_NOT_EXIST", message);
}

/**
 * Any error → MLflow's words; undefined for a defect, which is the operator's business.
 *
 * @param bodyLimit the bytes that the call takes, for the message to who sent more
 */
export function toWireError(error: unknown, bodyLimit: number): WireError | undefined {
  if (error instanceof WireError) return error;
  if (isTrackerError(error)) return fromTracker(error);
  return fromFramework(error, bodyLimit);
}

const codes: Readonly<Record<TrackerError["code"], WireCode>> = {
  invalid: "INVALID_PARAMETER_VALUE",
  not_found: "RESOURCE_DOES_NOT_EXIST",
  conflict: "RESOURCE_ALREADY_EXISTS",
  unauthenticated: "UNAUTHENTICATED",
  forbidden: "PERMISSION_DENIED",
  too_large: "INVALID_PARAMETER_VALUE",
  precondition: "INVALID_PARAMETER_VALUE",
  rate_limited: "REQUEST_LIMIT_EXCEEDED",
  storage_full: "TEMPORARILY_UNAVAILABLE",
  unsupported: "NOT_IMPLEMENTED",
  unavailable: "TEMPORARILY_UNAVAILABLE",
  internal: "INTERNAL_ERROR",
};

function fromTracker(error: TrackerError): WireError {
  return new WireError(codes[error.code], wordsFor(error) ?? error.message);
}

function wordsFor({ code, details }: TrackerError): string | undefined {
  const { run, experiment, checkpoint, state, name } = details;
  const isPart = ["tag", "path", "key"].some((part) => details[part] !== undefined);
  if (code === "not_found" && !isPart) {
    if (checkpoint !== undefined) return `Logged model with ID '${checkpoint}' not found.`;
    if (run !== undefined) return `Run with id=${run} not found`;
    if (experiment !== undefined) return `No Experiment with id=${experiment} exists`;
  }
  if (code === "precondition" && state === "deleted") {
    if (run !== undefined) return inactive("run", run);
    if (experiment !== undefined) return inactive("experiment", experiment);
  }
  if (code === "conflict" && experiment !== undefined && name !== undefined)
    return `Experiment(name=${name}) already exists.`;
  return undefined;
}

function inactive(noun: string, id: unknown): string {
  return `The ${noun} ${id} must be in the 'active' state. Current state is deleted.`;
}

/** What the HTTP framework refuses by itself: a body that is too large, a broken length, a malformed URL. */
function fromFramework(error: unknown, bodyLimit: number): WireError | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { statusCode, message } = error as { statusCode?: unknown; message?: unknown };
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return undefined;
  if (statusCode === 413)
    return invalidValue(`The body is too large: this call takes ${bodyLimit} bytes. Send it in several.`);
  return new WireError("BAD_REQUEST", clip(String(message), 500));
}
