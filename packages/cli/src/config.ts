import { resolve } from "node:path";

/** What `cairn serve` needs to know. Everything has a default: no configuration is required. */
export interface ServeConfig {
  readonly host: string;
  readonly port: number;
  /** The one folder: database, files, lock. Absolute. */
  readonly dataDir: string;
  /** A URI under which clients store artifacts by themselves; null = through the server. */
  readonly defaultArtifactRoot: string | null;
  /** A folder in which artifacts that come through the server stand as plain files; null = content-addressed in the data folder. */
  readonly artifactsDestination: string | null;
  /** A path before every route, such as `/cairn`; "" = none. */
  readonly staticPrefix: string;
  readonly allowAnonymous: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Raw texts as the command line gives them. */
export interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
  readonly dataDir?: string;
  readonly defaultArtifactRoot?: string;
  readonly artifactsDestination?: string;
  readonly staticPrefix?: string;
  readonly allowAnonymous?: boolean;
}

/** A wrong flag or environment variable: the message says which and what is allowed. Exit status 2. */
export class ConfigError extends Error {}

export const DEFAULT_PORT = 4600;
export const DEFAULT_URL = `http://127.0.0.1:${DEFAULT_PORT}`;

/**
 * The only reader of flags and environment. A flag wins over `CAIRN_*`, which wins over the default.
 * @throws ConfigError
 */
export function readServeConfig(flags: ServeFlags, env: Environment): ServeConfig {
  const text = (flag: string | undefined, name: string) => flag ?? (env[name]?.trim() || undefined);
  const host = text(flags.host, "CAIRN_HOST") ?? "127.0.0.1";
  const allowAnonymous = flags.allowAnonymous ?? ["1", "true", "yes"].includes(env.CAIRN_ALLOW_ANONYMOUS ?? "");
  if (!isLoopback(host) && !allowAnonymous) {
    throw new ConfigError(
      `--host ${host} would let every machine on the network read and write without an account. ` +
        "If that is meant, say --allow-anonymous; else leave --host out (127.0.0.1).",
    );
  }
  const destination = text(flags.artifactsDestination, "CAIRN_ARTIFACTS_DESTINATION");
  return {
    host,
    port: readPort(text(flags.port, "CAIRN_PORT")),
    dataDir: resolve(text(flags.dataDir, "CAIRN_DATA_DIR") ?? "cairn-data"),
    defaultArtifactRoot: readRoot(text(flags.defaultArtifactRoot, "CAIRN_DEFAULT_ARTIFACT_ROOT")),
    artifactsDestination: destination === undefined ? null : resolve(destination.replace(/^file:\/\//, "")),
    staticPrefix: readPrefix(text(flags.staticPrefix, "CAIRN_STATIC_PREFIX")),
    allowAnonymous,
  };
}

/** Where the commands that ask a server find it. */
export function readServerUrl(flag: string | undefined, env: Environment): string {
  const text = flag ?? env.CAIRN_URL ?? DEFAULT_URL;
  try {
    const url = new URL(text);
    if (url.protocol === "http:" || url.protocol === "https:") return text.replace(/\/+$/, "");
  } catch {
    // Said below.
  }
  throw new ConfigError(`--url '${text}' is not the address of a server; give one such as ${DEFAULT_URL}.`);
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`--port '${text}' is not a port: give a whole number from 0 (any free one) to 65535.`);
}

/** A folder becomes a file: URI; any other URI goes to clients as it is. */
function readRoot(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return text.replace(/\/+$/, "");
  return `file://${resolve(text)}`;
}

function readPrefix(text: string | undefined): string {
  if (text === undefined || text === "/") return "";
  if (/^(\/[\w.-]+)+\/?$/.test(text)) return text.replace(/\/$/, "");
  throw new ConfigError(`--static-prefix '${text}' must start with a slash and hold plain names, such as /cairn.`);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
