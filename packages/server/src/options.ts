import type { EventBus, Formed, FormedReads, Services } from "@cairn/core";
import type { FastifyInstance } from "fastify";
import type { ReadBody } from "./read-bodies.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** One line for the operator. */
export type Log = (level: LogLevel, line: string) => void;

/** Who asks. Without accounts everybody is "". */
export interface Principal {
  readonly name: string;
}

/** Core's services for a caller. */
export interface ServiceSource {
  as(principal: Principal): Services;
  formed(principal: Principal, formed: Formed): FormedReads;
}

export interface ServerOptions {
  /** A path under which everything is served, such as `/cairn`; "" by default. */
  readonly staticPrefix?: string | undefined;
  /** Names that this server is reached by, beside its addresses, and origins of other pages that may ask. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** The URL that links show, when a proxy stands before the server. Its host is allowed too. */
  readonly publicUrl?: string | undefined;
  readonly log?: Log | undefined;
}

/** What a wire may use. */
export interface WireContext {
  readonly services: ServiceSource;
  readonly events: EventBus;
  readonly version: string;
  /** With a leading and no trailing slash, or "". The scope that the wire gets is below it already. */
  readonly staticPrefix: string;
  /** Where people reach the server, if a proxy stands before it; else it is what they asked for, by `baseUrl`. */
  readonly publicUrl?: string | undefined;
  /** Parses bodies of any type: as a buffer. */
  readonly readBody: ReadBody;
  readonly log: Log;
}

/** A foreign protocol: it registers its routes, body parsers and error handler in a scope of its own. */
export interface Wire {
  (scope: FastifyInstance, context: WireContext): void | Promise<void>;
  /** First names of its paths, beside `api`: no address below them is one that the web page draws. */
  readonly paths?: readonly string[] | undefined;
}

export interface ServerInput {
  readonly services: ServiceSource;
  readonly events: EventBus;
  readonly wires?: readonly Wire[] | undefined;
  readonly options?: ServerOptions | undefined;
  /** Of Cairn, for pages and the status. */
  readonly version: string;
  /** What the engine is doing, as JSON, for `/api/v1/status`. */
  readonly status?: (() => Promise<unknown>) | undefined;
  /** The built web page. Where there is none, or nothing in it yet, `/` says how to begin. */
  readonly webFolder?: string | undefined;
}

/** `cairn/`, `/cairn/` and `/cairn` are all `/cairn`. */
export function normalizePrefix(prefix: string | undefined): string {
  const inner = (prefix ?? "").replace(/^\/+|\/+$/g, "");
  return inner === "" ? "" : `/${inner}`;
}
