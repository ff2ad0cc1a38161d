import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What `cairn serve` needs to know. Everything has a default: no configuration is required. */
export interface ServeConfig {
  readonly host: string;
  readonly port: number;
  /** The one folder: database, files, lock. Absolute. */
  readonly dataDir: string;
  /** A URI under which clients store artifacts by themselves; null = through the server. */
  readonly defaultArtifactRoot: string | null;
  /** The folder of this machine that `defaultArtifactRoot` names, if it names one: what clients write there is shown. */
  readonly clientRoot: string | null;
  /** A folder in which artifacts that come through the server stand as plain files; null = content-addressed in the data folder. */
  readonly artifactsDestination: string | null;
  /** A path before every route, such as `/cairn`; "" = none. */
  readonly staticPrefix: string;
  /** Where people reach the server, without a slash at the end; null = where it listens. */
  readonly publicUrl: string | null;
  readonly allowAnonymous: boolean;
  /** Refused requests are logged too. */
  readonly debug: boolean;
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
  readonly publicUrl?: string;
  readonly allowAnonymous?: boolean;
}

/** A wrong flag or environment variable: the message says which and what is allowed. Exit status 2. */
export class ConfigError extends Error {}

export const DEFAULT_PORT = 4600;
export const DEFAULT_URL = `http://127.0.0.1:${DEFAULT_PORT}`;

/** A value and who gave it, so that a refusal names what the person wrote. */
interface Setting {
  readonly value: string;
  readonly source: string;
}

/**
 * The only reader of flags and environment. A flag wins over `CAIRN_*`, which wins over the default.
 * @throws ConfigError
 */
export function readServeConfig(flags: ServeFlags, env: Environment): ServeConfig {
  const host = read(flags.host, "--host", env);
  const allowAnonymous = flags.allowAnonymous ?? readSwitch("CAIRN_ALLOW_ANONYMOUS", env);
  if (host !== undefined && !isLoopback(host.value) && !allowAnonymous) {
    throw new ConfigError(
      `${named(host)} would let every machine on the network read and write without an account. ` +
        "If that is meant, say --allow-anonymous too; else leave it out (127.0.0.1).",
    );
  }
  const defaultArtifactRoot = readRoot(read(flags.defaultArtifactRoot, "--default-artifact-root", env));
  return {
    host: host?.value ?? "127.0.0.1",
    port: readPort(read(flags.port, "--port", env)),
    dataDir: readDataDir(flags.dataDir, env),
    defaultArtifactRoot,
    clientRoot: folderOf(defaultArtifactRoot),
    artifactsDestination: readFolder(read(flags.artifactsDestination, "--artifacts-destination", env)),
    staticPrefix: readPrefix(read(flags.staticPrefix, "--static-prefix", env)),
    publicUrl: readPublicUrl(read(flags.publicUrl, "--public-url", env)),
    allowAnonymous,
    debug: readSwitch("CAIRN_DEBUG", env),
  };
}

/** The process that `bin/cairn.js` set on top of this one, where the host's Node is too old. */
export function readLauncher(env: Environment): number | undefined {
  const text = env["CAIRN_LAUNCHER"] ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The folder of a server, absolute. */
export function readDataDir(flag: string | undefined, env: Environment): string {
  return resolve(read(flag, "--data-dir", env)?.value ?? "cairn-data");
}

/**
 * What `check` and `gc` look after: the server that is named, else a folder, with whatever server has it. A flag wins over
 * the environment, and there a folder over a server.
 * @throws ConfigError when the flags name both
 */
export function readMaintained(
  flags: { readonly url?: string | undefined; readonly dataDir?: string | undefined },
  env: Environment,
): { readonly url: string } | { readonly dataDir: string } {
  const { url, dataDir } = flags;
  if (url !== undefined && dataDir !== undefined)
    throw new ConfigError("--url names a server and --data-dir a folder: give one of them.");
  const byUrl =
    url !== undefined || (read(dataDir, "--data-dir", env) ?? read(url, "--url", env))?.source === "CAIRN_URL";
  return byUrl ? { url: readServerUrl(url, env) } : { dataDir: readDataDir(dataDir, env) };
}

/** Where the commands that ask a server find it. */
export function readServerUrl(flag: string | undefined, env: Environment): string {
  const setting = read(flag, "--url", env);
  if (setting === undefined) return DEFAULT_URL;
  if (!isHttp(setting.value)) {
    throw new ConfigError(`${quoted(setting)} is not the address of a server; give one such as ${DEFAULT_URL}.`);
  }
  return setting.value.replace(/\/+$/, "");
}

/** Whether a stream gets colours: a terminal, unless NO_COLOR is set; anything if FORCE_COLOR is. */
export function wantsColours(stream: { readonly isTTY?: boolean }, env: Environment): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return true;
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** What MLflow's own server calls the same, in its environment and in that of its workers: who moves over keeps them. */
const foreignNames: Readonly<Record<string, readonly string[]>> = {
  "--default-artifact-root": ["MLFLOW_DEFAULT_ARTIFACT_ROOT", "_MLFLOW_SERVER_ARTIFACT_ROOT"],
  "--artifacts-destination": ["MLFLOW_ARTIFACTS_DESTINATION", "_MLFLOW_SERVER_ARTIFACT_DESTINATION"],
  "--static-prefix": ["MLFLOW_STATIC_PREFIX", "_MLFLOW_STATIC_PREFIX"],
};

/** `--data-dir` is also `CAIRN_DATA_DIR`. An empty variable is one that is not set. */
function read(flag: string | undefined, name: `--${string}`, env: Environment): Setting | undefined {
  if (flag !== undefined) {
    if (flag.trim() === "") throw new ConfigError(`${name} needs a value; leave it out for the default.`);
    return { value: flag, source: name };
  }
  const variable = `CAIRN_${name.slice(2).replaceAll("-", "_").toUpperCase()}`;
  for (const source of [variable, ...(foreignNames[name] ?? [])]) {
    const value = env[source]?.trim();
    if (value) return { value, source };
  }
  return undefined;
}

function readSwitch(name: string, env: Environment): boolean {
  const text = (env[name] ?? "").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(text)) return true;
  if (["", "0", "false", "no", "off"].includes(text)) return false;
  throw new ConfigError(`${name}='${text}' is neither yes nor no: say 1 or 0.`);
}

function readPort(setting: Setting | undefined): number {
  if (setting === undefined) return DEFAULT_PORT;
  const port = Number(setting.value);
  if (/^\d{1,5}$/.test(setting.value) && port <= 65_535) return port;
  throw new ConfigError(`${quoted(setting)} is not a port: give a whole number from 0 (any free one) to 65535.`);
}

/** A folder becomes a file: URI; any other URI goes to clients as it is. */
function readRoot(setting: Setting | undefined): string | null {
  if (setting === undefined) return null;
  if (/^[a-z][a-z0-9+.-]+:/i.test(setting.value)) return setting.value.replace(/\/+$/, "");
  return pathToFileURL(resolve(setting.value)).href;
}

/** Null for a root that is none of this machine's folders. */
function folderOf(root: string | null): string | null {
  if (!root?.toLowerCase().startsWith("file:")) return null;
  try {
    return resolve(fileURLToPath(root));
  } catch {
    return null;
  }
}

function readFolder(setting: Setting | undefined): string | null {
  if (setting === undefined) return null;
  if (!/^[a-z][a-z0-9+.-]+:/i.test(setting.value)) return resolve(setting.value);
  try {
    return resolve(fileURLToPath(setting.value));
  } catch {
    throw new ConfigError(`${quoted(setting)} is not a folder of this machine: give a path, or a file: URI.`);
  }
}

function readPrefix(setting: Setting | undefined): string {
  if (setting === undefined || setting.value === "/") return "";
  if (/^(\/[\w.-]+)+\/?$/.test(setting.value)) return setting.value.replace(/\/$/, "");
  throw new ConfigError(`${quoted(setting)} must start with a slash and hold plain names, such as /cairn.`);
}

function readPublicUrl(setting: Setting | undefined): string | null {
  if (setting === undefined) return null;
  if (isHttp(setting.value) && !/[?#]/.test(setting.value)) return setting.value.replace(/\/+$/, "");
  throw new ConfigError(
    `${quoted(setting)} is not what people type to reach the server; give it in full, such as https://cairn.example.org.`,
  );
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function named({ source, value }: Setting): string {
  return source.startsWith("--") ? `${source} ${value}` : `${source}=${value}`;
}

function quoted({ source, value }: Setting): string {
  return source.startsWith("--") ? `${source} '${value}'` : `${source}='${value}'`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
