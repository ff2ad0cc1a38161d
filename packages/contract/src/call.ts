import type { Services } from "@cairn/core";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** `runs.create`, `series.history` …: the names of all service methods. */
export type ServiceKey = {
  [N in keyof Services & string]: `${N}.${keyof Services[N] & string}`;
}[keyof Services & string];

/** Turns what JSON cannot say (NaN, ±Infinity, typed arrays) into JSON and back. Pure; may reuse what it is given. */
export interface Codec {
  /** Core's input (one object of all arguments) to what is sent. */
  readonly encodeInput?: (input: Record<string, unknown>) => Record<string, unknown>;
  readonly decodeInput?: (input: Record<string, unknown>) => Record<string, unknown>;
  readonly encodeResult?: (result: never) => unknown;
  readonly decodeResult?: (result: never) => unknown;
}

/** How a call travels: all of an endpoint that a client needs, which checks nothing and so loads no schema. */
export interface Call {
  readonly method: Method;
  /** Below `/api/v1`. `{name}` is a field of the input; `{path}` at the end may hold slashes. */
  readonly path: string;
  /** Names the service method's positional arguments among the input's fields; "*" = all other fields as one object. */
  readonly args: readonly string[];
  /** False: a success says nothing more (204). */
  readonly answers: boolean;
  /** The service answers undefined for "none"; the wire says 404 with `details.absent`. */
  readonly absent?: true;
  /** May be sent again after a broken connection. GET always may. */
  readonly idempotent?: true;
  /** The body (`request`) or the answer (`response`) is bytes, mounted by hand. */
  readonly bytes?: "request" | "response";
  readonly codec?: Codec;
}

/** Every call, by the name of the service method that answers it. */
export type Calls = Readonly<Record<ServiceKey, Call>>;
