import { isTrackerError, parseArtifactPath, TrackerError, type UploadState } from "@cairn/core";

/** Files up to this size go in one request, larger ones in parts of it, which a broken connection does not undo. */
export const PART_BYTES = 16 * 1024 * 1024;
/** A file between these sizes is hashed in a moment; what the server has already is not sent again. Less is sent sooner than asked for. */
const MIN_HASHED = 128 * 1024;
const MAX_HASHED = 64 * 1024 * 1024;
/** Breaks in a row before it gives up, after pauses that double to ten seconds: about a minute. */
const MAX_TRIES = 9;

export interface SendHooks {
  /** Stops it: what was sent of a large file stays on the server for a day, to go on from. */
  readonly signal: AbortSignal;
  /** Bytes of the file that have arrived, as far as is known. */
  readonly onProgress: (sent: number) => void;
}

/** Where a file goes. All throw TrackerError; `unavailable` when the connection broke. */
export interface FileWire {
  /** Names bytes that the server has; undefined when it lacks them. */
  link(digest: string): Promise<unknown>;
  /** The whole file in one request. */
  put(bytes: Blob, hooks: SendHooks): Promise<unknown>;
  open(size: number): Promise<UploadState>;
  /** Undefined when there is no such upload any more. */
  find(id: string): Promise<UploadState | undefined>;
  continue(id: string, offset: number, bytes: Blob, hooks: SendHooks): Promise<UploadState>;
  finish(id: string): Promise<unknown>;
}

/** Remembers which upload a file was going by, also when the page is closed in between. */
export interface UploadMemory {
  find(): string | undefined;
  keep(id: string | undefined): void;
}

export interface FileToSend {
  readonly path: string;
  readonly file: Blob;
  readonly wire: FileWire;
  readonly memory: UploadMemory;
}

/**
 * Sends a file and nothing twice: not what the server has already, and of a large file only what has not arrived yet.
 *
 * @returns `known` when not a byte was sent.
 * @throws TrackerError; AbortError when it was stopped.
 */
export async function sendFile({ path, file, wire, memory }: FileToSend, hooks: SendHooks): Promise<"sent" | "known"> {
  parseArtifactPath(path);
  const digest = await digestOf(file);
  hooks.signal.throwIfAborted();
  if (digest !== undefined && (await retry(hooks, () => wire.link(digest))) !== undefined) return "known";
  if (file.size <= PART_BYTES) {
    await retry(hooks, () => wire.put(file, hooks));
    return "sent";
  }
  const state = await sendParts(file, wire, memory, hooks);
  await retry(hooks, () => wire.finish(state.id));
  memory.keep(undefined);
  return "sent";
}

async function sendParts(file: Blob, wire: FileWire, memory: UploadMemory, hooks: SendHooks): Promise<UploadState> {
  const begun = memory.find();
  const known = begun === undefined ? undefined : await retry(hooks, () => wire.find(begun));
  let state = known?.size === file.size ? known : await retry(hooks, () => wire.open(file.size));
  memory.keep(state.id);
  for (let failures = 0; state.received < file.size; ) {
    const { id, received } = state;
    hooks.onProgress(received);
    try {
      state = await wire.continue(id, received, file.slice(received, received + PART_BYTES), {
        ...hooks,
        onProgress: (sent) => hooks.onProgress(received + sent),
      });
      failures = 0;
    } catch (error) {
      const isElsewhere = isTrackerError(error) && error.code === "conflict" && "received" in error.details;
      if (!isElsewhere && !isPassing(error)) throw error;
      if (++failures > MAX_TRIES) throw error;
      await pause(failures, hooks.signal);
      const now = await retry(hooks, () => wire.find(id));
      if (now === undefined) throw new TrackerError("not_found", "The upload is gone; start it again.", { upload: id });
      // Progress was made, if only a little: that is no failure in a row.
      if (now.received > received) failures = 0;
      state = now;
    }
  }
  return state;
}

async function retry<T>({ signal }: SendHooks, act: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await act();
    } catch (error) {
      if (failures > MAX_TRIES || !isPassing(error)) throw error;
      await pause(failures, signal);
    }
  }
}

function isPassing(error: unknown): boolean {
  return isTrackerError(error) && (error.code === "unavailable" || error.code === "rate_limited");
}

/** Waits before the next try, as long as the browser knows that it is offline too. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(300 * 2 ** (failures - 1), 10_000) * (0.5 + Math.random() / 2);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  signal.throwIfAborted();
}

/** SHA-256 as hex; undefined for small and large files, and where the page was not loaded over HTTPS or from this machine. */
async function digestOf(file: Blob): Promise<string | undefined> {
  if (file.size < MIN_HASHED || file.size > MAX_HASHED || globalThis.crypto?.subtle === undefined) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
