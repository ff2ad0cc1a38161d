import {
  type Artifact,
  type ArtifactOptions,
  checkName,
  invalid,
  isTrackerError,
  type Json,
  type LogInput,
  MAX_KEY_LENGTH,
  type Note,
  type ParameterInput,
  type Run,
  type RunState,
} from "@cairn/core";
import type { Client } from "./client.ts";
import { createOutbox, type Problem } from "./outbox.ts";
import { pause, retryDelay } from "./transport.ts";
import { type Bytes, sourceOf, uploadFile } from "./upload.ts";

/** Parameters as a plain object; a nested object is not a group: give `{ group }`. */
export type Parameters = Readonly<Record<string, Json>>;

export interface StartRun {
  /** Name of an experiment, made if need be; or the id of one. `Default` when left out. */
  readonly experiment?: string | number | undefined;
  readonly name?: string | undefined;
  readonly parameters?: Parameters | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly author?: string | undefined;
  /** Goes on with this run: the next attempt begins. */
  readonly resume?: string | undefined;
  /** Told when the server is away or refuses something; writes to stderr by default. */
  readonly onProblem?: ((problem: Problem) => void) | undefined;
}

export interface LogOptions {
  /** Each key counts 0, 1, 2 … by itself when left out. */
  readonly step?: number | undefined;
  /** Milliseconds since 1970; now when left out. */
  readonly time?: number | undefined;
  /** `{ phase: "train" }` makes the key `train/loss` of `loss`. */
  readonly phase?: string | undefined;
  readonly batch?: number | undefined;
}

/** A run that is being written. Everything goes out in the background, in the order given. */
export interface RunHandle {
  readonly id: string;
  /** Its page. */
  readonly url: string;
  /**
   * Takes points, at once and without waiting.
   * @returns false when 100 000 points wait: `await run.ready()` then. Nothing is dropped either way.
   * @throws invalid for a value that is not a number or a key that may not be; rate_limited when five million wait.
   */
  log(metrics: Readonly<Record<string, number>>, options?: LogOptions): boolean;
  /** Resolves when there is room again. */
  ready(): Promise<void>;
  /** @throws conflict when one is there with another value and `replace` is not true. */
  parameters(parameters: Parameters, options?: { readonly group?: string; readonly replace?: boolean }): Promise<void>;
  tags(tags: Readonly<Record<string, string>>): Promise<void>;
  /** Whatever else one call may carry: modules, iterations, datasets. */
  record(input: Pick<LogInput, "modules" | "iterations" | "inputs">): Promise<void>;
  note(text: string): Promise<Note>;
  /** Stores a file: bytes, text, a Blob, or an opened file (`openFile` of `@cairn/client/node`). Sends only what the server lacks. */
  artifact(path: string, content: Bytes, options?: ArtifactOptions): Promise<Artifact>;
  /** Resolves when all that was logged is stored. @throws the first refusal that nobody has seen yet. */
  flush(): Promise<void>;
  /** Flushes, then ends the run: `finished` by default. Later calls are refused. */
  finish(state?: RunState, error?: string): Promise<Run>;
  readonly isFinished: boolean;
  /** Points that wait to be sent. */
  readonly waiting: number;
}

/** A quiet training says that it lives, well within the ten minutes after which it is shown as stalled. */
const PING_MS = 60_000;

/**
 * Starts a run and gives a handle that logs to it.
 *
 * @param life of the process: once it is ending and has finished the run, what still comes is left out, not refused.
 *
 * @example
 * const run = await startRun(createClient("http://127.0.0.1:4600"), { experiment: "digits", parameters: { lr: 0.1 } });
 * for (let epoch = 0; epoch < 10; epoch++) run.log({ loss: 1 / (epoch + 1) }, { step: epoch, phase: "train" });
 * await run.artifact("notes.txt", "It went well.");
 * await run.finish();
 */
export async function startRun(
  client: Client,
  options: StartRun = {},
  life: { readonly isEnding: boolean } = { isEnding: false },
): Promise<RunHandle> {
  const { id } = await openRun(client, options);
  const onProblem = options.onProblem ?? (({ message }) => console.error(`cairn: ${message}`));
  const outbox = createOutbox({
    send: (input) => client.runs.log(id, input),
    writerId: crypto.randomUUID().replaceAll("-", ""),
    onProblem,
  });
  const steps = new Map<string, number>();
  let finished: Promise<Run> | undefined;
  const ping = setInterval(() => void client.runs.ping(id).catch(() => {}), PING_MS);
  (ping as { unref?: () => void }).unref?.();
  /** False when the process is ending: a signal does not stop a training at once. */
  const checkOpen = (): boolean => {
    if (finished === undefined) return true;
    if (life.isEnding) return false;
    throw invalid(`The run '${id}' is finished; start another, or resume it with startRun({ resume }).`, { run: id });
  };
  const end = async (state: RunState, error?: string): Promise<Run> => {
    clearInterval(ping);
    const endedAt = Date.now();
    const refusal = await outbox.flush().then(
      () => undefined,
      (reason: unknown) => ({ reason }),
    );
    const run = await insist(
      () => client.runs.update(id, { state, endedAt, ...(error === undefined ? {} : { error }) }),
      onProblem,
    );
    if (refusal !== undefined) throw refusal.reason;
    return run;
  };

  return Object.freeze({
    id,
    url: `${client.url}/runs/${id}`,
    log(metrics: Readonly<Record<string, number>>, { step, time, phase, batch }: LogOptions = {}) {
      if (!checkOpen()) return true;
      const entries = Object.entries(metrics);
      if (phase !== undefined) for (const entry of entries) entry[0] = `${phase}/${entry[0]}`;
      // All or nothing: a bad point must not leave half of its row behind, nor take what waits with it to a refusal.
      for (const [key, value] of entries) {
        if (!steps.has(key)) checkName("A metric's key", key, MAX_KEY_LENGTH);
        checkPoint(key, value, step, time, batch);
      }
      const at = time ?? Date.now();
      let hasRoom = true;
      for (const [key, value] of entries) {
        const own = step ?? steps.get(key) ?? 0;
        steps.set(key, own + 1);
        hasRoom = outbox.add(key, own, at, value, batch ?? null);
      }
      return hasRoom;
    },
    ready: () => outbox.ready(),
    async parameters(
      parameters: Parameters,
      { group, replace }: { readonly group?: string; readonly replace?: boolean } = {},
    ) {
      if (!checkOpen()) return;
      await outbox.call({ parameters: listParameters(parameters, group), replace });
    },
    async tags(tags: Readonly<Record<string, string>>) {
      if (!checkOpen()) return;
      await outbox.call({ tags });
    },
    async record(input: Pick<LogInput, "modules" | "iterations" | "inputs">) {
      if (!checkOpen()) return;
      await outbox.call(input);
    },
    note: (text: string) => client.runs.addNote(id, text),
    artifact: async (path: string, content: Bytes, artifactOptions?: ArtifactOptions) =>
      uploadFile(client, id, path, sourceOf(content), artifactOptions),
    flush: () => outbox.flush(),
    async finish(state: RunState = "finished", error?: string) {
      if (checkOpen()) finished = end(state, error);
      return finished as Promise<Run>;
    },
    get isFinished() {
      return finished !== undefined;
    },
    get waiting() {
      return outbox.waiting;
    },
  });
}

async function openRun(client: Client, options: StartRun): Promise<Run> {
  const { experiment, name, parameters = {}, tags, labels, author, resume } = options;
  if (resume !== undefined) {
    const run = await client.runs.update(resume, { state: "running", tags, addLabels: labels, name });
    if (Object.keys(parameters).length > 0) await client.runs.log(resume, { parameters: listParameters(parameters) });
    return run;
  }
  const id =
    typeof experiment === "string"
      ? (await client.experiments.create({ name: experiment, onConflict: "skip" })).id
      : experiment;
  return client.runs.create({ experiment: id, name, tags, labels, author, parameters: listParameters(parameters) });
}

function listParameters(parameters: Parameters, group?: string): ParameterInput[] {
  return Object.entries(parameters).map(([key, value]) =>
    group === undefined ? { key, value } : { group, key, value },
  );
}

function checkPoint(key: string, value: unknown, step: unknown, time: unknown, batch: unknown): void {
  if (typeof value !== "number")
    throw invalid(
      `The value of metric '${key}' must be a number, not ${typeof value === "string" ? `'${value}'` : String(value)}.`,
      { key },
    );
  for (const [what, number] of Object.entries({ step, time, batch })) {
    if (number === undefined || Number.isSafeInteger(number)) continue;
    throw invalid(`The ${what} of metric '${key}' must be a whole number, not ${String(number)}.`, { key });
  }
}

/** Ending a run twice is ending it once, so it is tried until the server is there. */
async function insist<T>(act: () => Promise<T>, onProblem: (problem: Problem) => void): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (!isTrackerError(error) || (error.code !== "unavailable" && error.code !== "rate_limited")) throw error;
      if (attempt === 0) onProblem({ message: `${error.message} Trying on.`, isFinal: false });
      await pause(Math.min(retryDelay(attempt, error), 2000));
    }
  }
}
