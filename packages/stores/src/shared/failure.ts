import { type ErrorData, isTrackerError, TrackerError } from "@cairn/core";

/** A refusal as it crosses threads. `cause` is for the operator's log and never for the user. */
export interface Failure extends ErrorData {
  readonly cause: string | null;
}

/** Any error as plain data. What is not a TrackerError is a defect: the user learns only that, the operator the stack. */
export function encodeFailure(error: unknown): Failure {
  if (isTrackerError(error)) {
    const { code, message, details, cause } = error;
    return { code, message, details, cause: cause === undefined ? null : describe(cause) };
  }
  const message = "The server failed on this request through a fault of its own; its log says more.";
  return { code: "internal", message, details: {}, cause: describe(error) };
}

export function decodeFailure({ code, message, details, cause }: Failure): TrackerError {
  return new TrackerError(code, message, details, cause === null ? undefined : { cause: new Error(cause) });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
