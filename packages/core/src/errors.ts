/** Every way Cairn can refuse. Wires map these to their own codes; nothing else reaches a user. */
export const errorCodes = [
  "invalid",
  "not_found",
  "conflict",
  "unauthenticated",
  "forbidden",
  "too_large",
  "precondition",
  "rate_limited",
  "storage_full",
  "unsupported",
  "unavailable",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * The one error of the house. `message` is for the user: what is wrong, with which value, and what to do.
 * `details` is JSON that a program may act on. Any other error is a defect: the user sees `internal`, the operator the cause.
 *
 * @example
 * throw new TrackerError("not_found", `No run has the id '${id}'.`, { run: id });
 */
export class TrackerError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "TrackerError";
    this.code = code;
    this.details = details;
  }
}

/** The plain form that crosses threads and wires. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export function isTrackerError(error: unknown): error is TrackerError {
  return error instanceof TrackerError;
}

export function invalid(message: string, details?: Record<string, unknown>): TrackerError {
  return new TrackerError("invalid", message, details);
}

export function notFound(message: string, details?: Record<string, unknown>): TrackerError {
  return new TrackerError("not_found", message, details);
}

export function conflict(message: string, details?: Record<string, unknown>): TrackerError {
  return new TrackerError("conflict", message, details);
}
