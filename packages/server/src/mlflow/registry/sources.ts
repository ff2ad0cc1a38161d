import { clip, isTrackerError, type Version } from "@cairn/core";
import { readArtifactPath } from "../artifact-path.ts";
import { decodeFully, normalPath } from "../checks.ts";
import { invalidValue, WireError } from "../errors.ts";
import type { Call } from "../route.ts";
import { findOwner, versionRoot } from "../trees.ts";
import { type CheckpointSource, findCheckpoint } from "./checkpoint-source.ts";
import { getModel } from "./find.ts";
import { parseModelUri } from "./model-uri.ts";
import { isPrompt } from "./prompts.ts";

/** Whose files a new version takes over. */
export type Origin =
  | { readonly kind: "run"; readonly run: string; readonly folder: string }
  | { readonly kind: "version"; readonly version: Version }
  | ({ readonly kind: "checkpoint"; readonly id: string } & CheckpointSource);

/** What follows costs its square at worst, and core keeps no more. */
const MAX_SOURCE = 10_000;

type Kept = Exclude<Origin, { readonly kind: "checkpoint" }>;

/** Under this key a copy keeps where its origin's files lie, when they do not lie here. */
export const STORAGE = "mlflow.storageLocation";

const SCHEME = "mlflow-artifacts:";

/** What a client downloads a version's files from: our own proxy where we have them, else what its maker said. */
export function downloadUri({ model, number, files, metadata, source }: Version): string {
  if (files > 0) return `${SCHEME}/${versionRoot(model, number)}`;
  const storage = metadata[STORAGE];
  return typeof storage === "string" ? storage : (source ?? "");
}

/**
 * Understands the source of a new version. Nothing is ever fetched from one: what is not ours is kept as text.
 * @returns undefined for a source that is not ours, or where no file is.
 * @throws WireError for a path that leads elsewhere than it says, or on this machine but not among the run's files.
 */
export async function readSource(call: Call, source: string, run: string): Promise<Origin | undefined> {
  if (source.length > MAX_SOURCE) {
    throw invalidValue(
      `Invalid model version source: it has ${source.length} characters; at most ${MAX_SOURCE} are kept.`,
    );
  }
  if (isLocal(source)) return fromLocal(call, source, run);
  checkRemote(source);
  if (source.startsWith("models:")) return fromModels(call, source);
  const place = source.startsWith("runs:") ? readRunsUri(source) : await readProxied(call, source);
  if (place?.kind !== "run") return place;
  return (await hasFiles(call, place.run, place.folder)) ? place : undefined;
}

/** A prompt has no files: its source is a word. */
export function checkPromptSource(source: string): void {
  if (!/^file:/i.test(source) && !source.startsWith("/")) return;
  throw invalidValue(`Invalid prompt source: '${clip(source, 500)}'. Local source paths are not allowed for prompts.`);
}

const withScheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/;

function isLocal(source: string): boolean {
  const [, scheme, authority = ""] = withScheme.exec(source) ?? [];
  if (scheme === undefined) return true;
  if (scheme.toLowerCase() !== "file") return false;
  const host = authority.replace(/^.*@/, "").replace(/:\d*$/, "");
  if (host === "" || host === "." || /^(localhost|127\.0\.0\.1)/.test(host)) return true;
  // A 500 at the origin too, which its own tests ask for.
  throw new WireError(
    "INTERNAL_ERROR",
    `${clip(source, 500)} is not a valid remote uri. For remote access on windows, please consider using a different scheme such as SMB (e.g. smb://<hostname>/<path>).`,
  );
}

function checkRemote(source: string): void {
  const decoded = decodeFully(source.replaceAll("+", " "));
  const path = decoded === undefined ? "" : (withScheme.exec(decoded)?.[3] ?? "");
  const plain = path.replace(/\/+$/, "").replace(/\/+/g, "/");
  const isPlain = plain.startsWith("/") && normalPath(plain) === plain && !plain.includes("\0");
  if (isPlain && decoded?.split("/").includes("..") === false) return;
  throw invalidValue(
    `Invalid model version source: '${clip(source, 500)}'. If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.`,
  );
}

async function fromLocal(call: Call, source: string, run: string): Promise<Origin | undefined> {
  const root = run === "" ? undefined : await rootOf(call, run);
  const path = localPath(source);
  if (root !== undefined && (path === root || path.startsWith(`${root}/`))) {
    const folder = path.slice(root.length + 1);
    return (await hasFiles(call, run, folder)) ? { kind: "run", run, folder } : undefined;
  }
  throw invalidValue(
    `Invalid model version source: '${clip(source, 500)}'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.`,
  );
}

/** The folder of a run whose files lie on a disk; undefined when it is no such run. */
async function rootOf({ services, locations }: Call, id: string): Promise<string | undefined> {
  try {
    const uri = await locations.ofRun(services, await services.runs.get(id));
    return /^[a-zA-Z][\w+.-]*:/.test(uri) && !/^file:/i.test(uri) ? undefined : localPath(uri);
  } catch (error) {
    if (isTrackerError(error) && (error.code === "not_found" || error.code === "invalid")) return undefined;
    throw error;
  }
}

/** Absolute, without `..`; links are not followed here: whoever reads the files sees to those. */
function localPath(source: string): string {
  const isUri = /^file:/i.test(source);
  const path = isUri ? (withScheme.exec(source)?.[3] ?? "") : source;
  return normalPath((isUri ? decodeFully(path) : path) ?? "");
}

function readRunsUri(source: string): Kept | undefined {
  const [, run, folder = ""] = /^runs:\/+([0-9a-f]{32})(?:\/(.*))?$/.exec(source) ?? [];
  return run === undefined ? undefined : { kind: "run", run, folder: readFolder(folder) };
}

/** A place in our own artifact proxy, by whichever host the client calls us. */
async function readProxied(call: Call, source: string): Promise<Origin | undefined> {
  const { services, locations, request } = call;
  if (!source.startsWith(SCHEME)) return undefined;
  const [, , authority = "", path = ""] = withScheme.exec(source) ?? [];
  if (authority !== "" && authority !== request.headers.host) return undefined;
  const owner = await findOwner(services, locations, readFolder(path));
  if (owner?.kind === "run") return { kind: "run", run: owner.run, folder: owner.rest };
  if (owner === undefined || owner.rest !== "") return undefined;
  if (owner.kind === "checkpoint") return checkpointOrigin(call, owner.checkpoint);
  return { kind: "version", version: await services.versions.get(owner.model, owner.number) };
}

function readFolder(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, "").replace(/\/+/g, "/");
  return inner === "" ? "" : readArtifactPath(inner);
}

async function fromModels(call: Call, source: string): Promise<Origin | undefined> {
  const { services } = call;
  const uri = parseModelUri(source);
  if (uri.kind === "checkpoint") {
    return checkpointOrigin(call, uri.id);
  }
  const model = await getModel(services, uri.name);
  if (isPrompt(model.tags)) {
    throw invalidValue(
      `Invalid model version source: '${clip(source, 500)}'. Prompt versions cannot be used as model version sources.`,
    );
  }
  const version = await services.versions.find(model.id, uri.refIn(model));
  if (version !== undefined) return { kind: "version", version };
  throw new WireError("RESOURCE_DOES_NOT_EXIST", `Model Version (${clip(source, 500)}) not found`);
}

async function checkpointOrigin(call: Call, id: string): Promise<Origin | undefined> {
  const found = await findCheckpoint(call, id);
  return found && { kind: "checkpoint", id, ...found };
}

async function hasFiles({ services: { artifacts } }: Call, run: string, folder: string): Promise<boolean> {
  try {
    if ((await artifacts.list(run, folder, { limit: 1 })).items.length > 0) return true;
    return folder !== "" && (await artifacts.find(run, folder)) !== undefined;
  } catch (error) {
    if (isTrackerError(error) && (error.code === "not_found" || error.code === "invalid")) return false;
    throw error;
  }
}
