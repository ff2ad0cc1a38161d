import {
  type Call,
  COLUMNS_TYPE,
  calls,
  decodeBucketsColumns,
  decodeHistoryColumns,
  encodeLogColumns,
} from "@cairn/contract";
import type { LogInput, LogResult, SeriesBatch, Services } from "@cairn/core";
import { byteMethods } from "./bytes.ts";
import { askOf, type CallKey, fieldsOf, methodOver } from "./call.ts";
import { type Ask, createTransport, type Transport, type TransportOptions } from "./transport.ts";

/** Core's services, spoken over HTTP, and where the server is. */
export interface Client extends Services {
  readonly url: string;
}

export type ClientOptions = TransportOptions;

/**
 * The same services as core's, over `fetch`. What the server refuses is thrown as a TrackerError with the same code;
 * a server that cannot be reached is `unavailable`. Runs in Node and in browsers.
 *
 * @example
 * const client = createClient("http://127.0.0.1:4600");
 * const { items } = await client.runs.search({ filter: "metrics.loss < 0.3", order: "metrics.loss asc" });
 */
export function createClient(url: string, options: ClientOptions = {}): Client {
  const transport = createTransport(url, options);
  const methods: Record<string, Record<string, unknown>> = {};
  for (const [key, call] of Object.entries<Call>(calls)) {
    if (call.bytes === undefined) put(methods, key, methodOver(transport, call));
  }
  for (const [key, method] of Object.entries({ ...columnMethods(transport), ...byteMethods(transport) })) {
    put(methods, key, method);
  }
  return Object.freeze({ url: transport.url, ...methods }) as unknown as Client;
}

function put(methods: Record<string, Record<string, unknown>>, key: string, method: unknown): void {
  const [noun = "", verb = ""] = key.split(".");
  methods[noun] = { ...methods[noun], [verb]: method };
}

/** The calls that carry many points travel as binary columns. */
function columnMethods(transport: Transport): Partial<Record<CallKey, unknown>> {
  const plainLog = methodOver(transport, calls["runs.log"]) as Services["runs"]["log"];
  const read = async <T>(call: Call, args: readonly unknown[], decode: (bytes: Uint8Array) => T): Promise<T> => {
    const ask = askOf(call, fieldsOf(call, args));
    const headers = { ...ask.headers, accept: COLUMNS_TYPE };
    return decode(new Uint8Array(await transport.send({ ...ask, headers }, (response) => response.arrayBuffer())));
  };
  return {
    "runs.log": async (id: string, input: LogInput): Promise<LogResult> => {
      if (input.points === undefined) return plainLog(id, input);
      const ask: Ask = {
        method: "POST",
        path: `/runs/${encodeURIComponent(id)}/points`,
        body: encodeLogColumns(input as LogInput & { readonly points: SeriesBatch }),
        headers: { "content-type": COLUMNS_TYPE },
        idempotent: input.writer !== undefined,
      };
      return transport.send(ask, (response) => response.json() as Promise<LogResult>);
    },
    "series.history": (...args: unknown[]) => read(calls["series.history"], args, decodeHistoryColumns),
    "series.buckets": (...args: unknown[]) => read(calls["series.buckets"], args, decodeBucketsColumns),
  };
}
