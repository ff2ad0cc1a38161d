import {
  type Artifact,
  type ArtifactOptions,
  isTrackerError,
  parseArtifactPath,
  type Services,
  type UploadState,
  type VersionKey,
} from "@cairn/core";
import { pause, retryDelay } from "./transport.ts";

/** Bytes that can be read more than once, in pieces: what a retry needs. */
export interface Source {
  readonly size: number;
  slice(start: number, end: number): AsyncIterable<Uint8Array>;
  /** SHA-256 as 64 hex digits; undefined when that would cost too much here. */
  digest(): Promise<string | undefined>;
}

export type Bytes = Uint8Array | string | Blob | Source;

/** Files up to this size go in one request, larger ones in parts of it. */
const PART_BYTES = 32 * 1024 * 1024;
/** The browser can only hash what is whole in memory. */
const MAX_HASHED_BLOB = 256 * 1024 * 1024;
/** Breaks in a row, each after a longer pause, before an upload gives up: about a minute. */
const MAX_TRIES = 12;

/** Where an upload goes: a file of a run, or of a version. */
interface UploadPlace {
  /** Names bytes that the server has already; undefined when it lacks them. */
  link(digest: string): Promise<Artifact | undefined>;
  write(bytes: AsyncIterable<Uint8Array>): Promise<Artifact>;
  finish(id: string, digest: string | undefined): Promise<Artifact>;
}

/** Remembers uploads that are under way beyond the life of a process: digest → id. */
export interface UploadMemory {
  find(digest: string): Promise<string | undefined>;
  keep(digest: string, id: string | undefined): Promise<void>;
}

/**
 * Stores a file of a run and sends only what the server lacks: nothing when it has the same bytes already, else the
 * parts that have not arrived. Goes on after broken connections and restarts of the server.
 */
export async function uploadFile(
  services: Pick<Services, "artifacts" | "uploads">,
  run: string,
  path: string,
  source: Source,
  options: ArtifactOptions = {},
): Promise<Artifact> {
  parseArtifactPath(path);
  const { artifacts, uploads } = services;
  return upload(uploads, source, {
    link: (digest) => artifacts.link(run, path, digest, options),
    write: (bytes) => artifacts.write(run, path, bytes, options),
    finish: (id, digest) => uploads.finish(id, { run, path, digest, ...options }),
  });
}

/** As `uploadFile`, for a file of a version. With a memory, an upload in parts goes on in another process. */
export async function uploadVersionFile(
  services: Pick<Services, "versionFiles" | "uploads">,
  { model, number }: VersionKey,
  path: string,
  source: Source,
  options: ArtifactOptions = {},
  memory?: UploadMemory,
): Promise<Artifact> {
  parseArtifactPath(path);
  const { versionFiles, uploads } = services;
  const place: UploadPlace = {
    link: (digest) => versionFiles.link(model, number, path, digest, options),
    write: (bytes) => versionFiles.write(model, number, path, bytes, options),
    finish: (id, digest) => uploads.finish(id, { model, number, path, digest, ...options }),
  };
  return upload(uploads, source, place, memory);
}

async function upload(
  uploads: Services["uploads"],
  source: Source,
  place: UploadPlace,
  memory?: UploadMemory,
): Promise<Artifact> {
  const digest = await source.digest();
  const known = digest === undefined ? undefined : await retry(() => place.link(digest));
  if (known !== undefined) return known;
  if (source.size <= PART_BYTES) {
    // A lost answer is asked for by digest, so that trying again does not make a second revision.
    return retry(async (attempt) => {
      const stored = attempt > 0 && digest !== undefined ? await place.link(digest) : undefined;
      return stored ?? place.write(source.slice(0, source.size));
    });
  }
  const begun = digest === undefined ? undefined : await memory?.find(digest);
  const state = await sendParts(uploads, source, begun, async (id) => {
    if (digest !== undefined) await memory?.keep(digest, id);
  });
  const stored = await retry(() => place.finish(state.id, digest));
  if (digest !== undefined) await memory?.keep(digest, undefined);
  return stored;
}

async function sendParts(
  uploads: Services["uploads"],
  source: Source,
  begun: string | undefined,
  onOpen: (id: string) => Promise<void>,
): Promise<UploadState> {
  const known = begun === undefined ? undefined : await findUpload(uploads, begun, source.size);
  let state = known ?? (await retry(() => uploads.open(source.size)));
  if (known === undefined) await onOpen(state.id);
  for (let failures = 0; state.received < source.size; ) {
    const { id, received } = state;
    try {
      state = await uploads.continue(
        id,
        received,
        source.slice(received, Math.min(received + PART_BYTES, source.size)),
      );
      failures = 0;
    } catch (error) {
      const isElsewhere = isTrackerError(error) && error.code === "conflict" && "received" in error.details;
      if (!isElsewhere && !isPassing(error)) throw error;
      if (failures >= MAX_TRIES) throw error;
      await pause(retryDelay(failures++, error));
      state = await retry(() => uploads.get(id));
    }
  }
  return state;
}

async function findUpload(uploads: Services["uploads"], id: string, size: number): Promise<UploadState | undefined> {
  try {
    const state = await retry(() => uploads.get(id));
    return state.size === size ? state : undefined;
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

async function retry<T>(act: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act(attempt);
    } catch (error) {
      if (attempt >= MAX_TRIES || !isPassing(error)) throw error;
      await pause(retryDelay(attempt, error));
    }
  }
}

function isPassing(error: unknown): boolean {
  return isTrackerError(error) && (error.code === "unavailable" || error.code === "rate_limited");
}

/** What can be uploaded, as a source. */
export function sourceOf(content: Bytes): Source {
  if (typeof content === "string") return sourceOf(new TextEncoder().encode(content));
  if (content instanceof Uint8Array) {
    return {
      size: content.length,
      async *slice(start, end) {
        yield content.subarray(start, end);
      },
      digest: () => digestOf(content),
    };
  }
  if (!(content instanceof Blob)) return content;
  return {
    size: content.size,
    async *slice(start, end) {
      yield* content.slice(start, end).stream();
    },
    digest: async () =>
      content.size > MAX_HASHED_BLOB ? undefined : digestOf(new Uint8Array(await content.arrayBuffer())),
  };
}

/** Undefined in a browser page that was not loaded over HTTPS or from this machine: there is no `crypto.subtle`. */
async function digestOf(bytes: Uint8Array): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
