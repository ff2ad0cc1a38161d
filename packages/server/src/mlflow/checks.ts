import { clip, decodePercent, isCheckpointId, isRunId } from "@cairn/core";
import { doesNotExist, invalidValue, type WireError } from "./errors.ts";
import { pythonJson, pythonRepr } from "./proto/python.ts";

export const MAX_KEY = 250;
export const MAX_PARAM = 6000;
export const MAX_TAG = 8000;
const MAX_EXPERIMENT_NAME = 500;
/** 5000 up to 3.15; the newest client sends what it likes up to this. */
const MAX_EXPERIMENT_TAG = 20_000;
const MAX_LOCATION = 2048;
/** Up to here a text that is too long is told what else is wrong with it, as MLflow does; beyond, looking costs seconds. */
const MAX_JUDGED = 10_000;

export const MAX_BATCH = { metrics: 1000, params: 100, tags: 100, total: 1000 } as const;

const keyPattern = /^[/\p{L}\p{N}_.\- :]*$/u;
const BAD_CHARACTERS =
  "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).";

/** Nearly every key: ASCII, and no name in it begins with a mark, so that none can be empty, `.` or `..`. */
const usualKey = /^\w[\w.\- :]*(?:\/\w[\w.\- :]*)*$/;

/** A key of a metric, parameter or tag as MLflow allows it: it must be usable as a relative file path. */
export function isKey(key: string): boolean {
  return key.length <= MAX_KEY && (usualKey.test(key) || (keyPattern.test(key) && isPlainPath(key)));
}

/** @throws WireError naming what is wrong with the key. `noun` stands in the message about its length. */
export function checkKey(key: string, place: string, noun: string): string {
  if (key.length > MAX_JUDGED) checkLength(noun, MAX_KEY, key);
  if (!keyPattern.test(key)) throw invalidKey(place, key, BAD_CHARACTERS);
  checkPlainPath(key, place);
  return checkLength(noun, MAX_KEY, key);
}

/** @throws WireError for a name that would be another one when taken as a relative file path. */
export function checkPlainPath(name: string, place: string): void {
  if (isPlainPath(name)) return;
  throw invalidKey(
    place,
    name,
    `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ${pythonRepr(clip(normalPath(name), 1000))}`,
  );
}

function invalidKey(place: string, key: string, reason: string): Error {
  return invalidValue(`Invalid value ${pythonJson(key)} for parameter '${place}' supplied: ${reason}`);
}

function isPlainPath(key: string): boolean {
  return normalPath(key) === key && key !== "." && !key.startsWith("..") && !key.startsWith("/");
}

/** POSIX normalisation of a path, as Python's `posixpath.normpath` does it: exactly two leading slashes stay two. */
export function normalPath(path: string): string {
  const root = /^\/\/(?!\/)/.test(path) ? "//" : path.startsWith("/") ? "/" : "";
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === ".." && names.length > 0 && names.at(-1) !== "..") names.pop();
    else if (name !== ".." || root === "") names.push(name);
  }
  return root + names.join("/") || ".";
}

/** Lengths are counted in code points, as Python does. */
export function checkLength(noun: string, limit: number, value: string): string {
  if (!isLonger(value, limit)) return value;
  throw invalidValue(`'${noun}' exceeds the maximum length of ${limit} characters: '${clip(value)}'.`);
}

/** MLflow cuts long values silently, unless its server was told not to. */
export function truncate(value: string, limit: number): string {
  return isLonger(value, limit)
    ? Array.from(value.slice(0, limit * 2))
        .slice(0, limit)
        .join("")
    : value;
}

function isLonger(value: string, limit: number): boolean {
  if (value.length <= limit) return false;
  let count = 0;
  for (const _ of value) if (++count > limit) return true;
  return false;
}

export function checkParam(key: string, value: string, place = ""): { key: string; value: string } {
  return { key: checkKey(key, `${place}key`, "Param key"), value: truncate(value, MAX_PARAM) };
}

export function checkTag(key: string, value: string, place = ""): { key: string; value: string } {
  return { key: checkKey(key, `${place}key`, `${place}key`), value: truncate(value, MAX_TAG) };
}

export function checkExperimentTag(key: string, value: string): void {
  checkKey(key, "key", "key");
  checkLength("value", MAX_EXPERIMENT_TAG, value);
}

export function checkExperimentName(name: string): string {
  return checkLength("name", MAX_EXPERIMENT_NAME, name);
}

/** Locations that a server could be tricked with are refused; nothing is fetched from one anyway. */
export function checkLocation(location: string): void {
  if (location.length > MAX_JUDGED) throw longLocation();
  const [path = "", query = ""] = location.split("?", 2);
  if (location.includes("#") || (path.split("/").at(-1) ?? "").includes(";")) {
    throw invalidValue("'artifact_location' URL can't include fragments or params.");
  }
  if (decodeFully(query)?.includes("..") ?? true) throw invalidValue("Invalid query string");
  if (location.startsWith("runs:")) {
    throw invalidValue(`Artifact location cannot be a runs:/ URI. Given: '${clip(location)}'`);
  }
  if (isLonger(location, MAX_LOCATION)) throw longLocation();
}

function longLocation(): Error {
  return invalidValue(
    `Invalid artifact path length. The length of the artifact path cannot be greater than ${MAX_LOCATION} characters. To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.`,
  );
}

/** Undoes percent encoding until nothing changes; undefined when ten rounds do not suffice or the encoding is broken. */
export function decodeFully(text: string): string | undefined {
  let decoded = text;
  for (let round = 0; round < 10; round++) {
    const next = decodePercent(decoded);
    if (next === decoded) return decoded;
    decoded = next;
  }
  return undefined;
}

const looseRunId = /^[a-zA-Z0-9][\w-]{0,255}$/;

/** An id of MLflow's form that is not ours names no run. `strict`: of another form, it is an invalid value. */
export function checkRunId(id: string, strict = false): string {
  if (isRunId(id)) return id;
  if (strict && !looseRunId.test(id))
    throw invalidValue(`Invalid value ${pythonJson(id)} for parameter 'run_id' supplied.`);
  throw doesNotExist(`Run with id=${clip(id)} not found`);
}

/** An id of another form than ours names no logged model. */
export function checkModelId(id: string): string {
  if (isCheckpointId(id)) return id;
  throw modelNotFound(id);
}

export function modelNotFound(id: string): WireError {
  return doesNotExist(`Logged model with ID '${clip(id)}' not found.`);
}

/** The most that one search may name. */
const MAX_EXPERIMENTS = 10_000;

/** @throws WireError for too many, or for one that cannot be an id. */
export function checkExperimentIds(ids: readonly string[]): number[] {
  if (ids.length > MAX_EXPERIMENTS) {
    throw invalidValue(`A search names at most ${MAX_EXPERIMENTS} experiments, not ${ids.length}.`);
  }
  return ids.map(checkExperimentId);
}

/** @throws WireError unless the text is a whole number that can be an id. */
export function checkExperimentId(id: string): number {
  const number = id.length <= MAX_JUDGED && /^\s*[+-]?\d+\s*$/.test(id) ? Number(id) : Number.NaN;
  if (Number.isNaN(number)) {
    throw invalidValue(`Invalid experiment ID '${clip(id)}'. Experiment ID must be a valid integer.`);
  }
  if (!Number.isSafeInteger(number) || number < 0) throw doesNotExist(`No Experiment with id=${clip(id)} exists`);
  return number;
}
