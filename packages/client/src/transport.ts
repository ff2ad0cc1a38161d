import { API_ROOT, parseProblem } from "@cairn/contract";
import { invalid, isTrackerError, TrackerError } from "@cairn/core";

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface TransportOptions {
  readonly token?: string | undefined;
  /** Node's or the browser's own by default. */
  readonly fetch?: Fetch | undefined;
  /** Tries after the first, 4 by default: about three seconds of back-off in all. */
  readonly retries?: number | undefined;
}

export interface Ask {
  readonly method: string;
  /** Below `/api/v1`, every name in it already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** May be sent again when the connection broke, because twice is the same as once. */
  readonly idempotent?: boolean | undefined;
}

export interface Transport {
  /** Of the server, without a trailing slash. */
  readonly url: string;
  /**
   * Sends a request and gives the answer if it is a success.
   * @param read what to take from the answer: a line that breaks while it is read is tried again like any other
   * @throws TrackerError with the server's code; `unavailable` when it cannot be reached.
   */
  send(ask: Ask): Promise<Response>;
  send<T>(ask: Ask, read: (response: Response) => Promise<T>): Promise<T>;
}

/** The only place that builds a URL. */
export function createTransport(url: string, options: TransportOptions = {}): Transport {
  const root = url.replace(/\/+$/, "");
  if (!/^https?:\/\//.test(root)) {
    throw new TrackerError("invalid", `A server's URL starts with http:// or https://, not '${url}'.`);
  }
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const authorization = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };

  const once = async <T>(ask: Ask, read: (response: Response) => Promise<T>): Promise<T> => {
    const response = await reach(root, () =>
      send(`${root}${API_ROOT}${ask.path}${queryText(ask.query ?? {})}`, {
        method: ask.method,
        headers: { ...authorization, ...ask.headers },
        ...(ask.body === undefined ? {} : { body: ask.body as NonNullable<RequestInit["body"]> }),
        ...(ask.body instanceof ReadableStream ? { duplex: "half" } : {}),
      }),
    );
    if (response.ok || response.status === 304) return reach(root, () => read(response));
    const error = parseProblem(response.status, await response.json().catch(() => undefined));
    throw withRetryAfter(error, response.headers.get("retry-after"));
  };

  return {
    url: root,
    async send<T>(ask: Ask, read = (response: Response) => Promise.resolve(response as T)): Promise<T> {
      const retries = ask.body instanceof ReadableStream ? 0 : (options.retries ?? 4);
      for (let attempt = 0; ; attempt++) {
        try {
          return await once(ask, read);
        } catch (error) {
          if (attempt >= retries || !mayRetry(error, ask)) throw error;
          await pause(retryDelay(attempt, error));
        }
      }
    },
  };
}

/** How long to wait before try `attempt` + 2, in ms: what the server said, else 200 ms doubling to 10 s, jittered. */
export function retryDelay(attempt: number, error: unknown): number {
  const said = isTrackerError(error) ? error.details["retryAfter"] : undefined;
  const backOff = Math.min(200 * 2 ** attempt, 10_000);
  return Math.max(typeof said === "number" ? said * 1000 : 0, backOff * (0.5 + Math.random() / 2));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A server that says "not now" has done nothing; one that was not heard of may have. */
function mayRetry(error: unknown, ask: Ask): boolean {
  if (!isTrackerError(error)) return false;
  if (error.code === "rate_limited") return true;
  if (error.code !== "unavailable") return false;
  return (
    error.details["unreachable"] !== true || ask.idempotent === true || ask.method === "GET" || ask.method === "HEAD"
  );
}

async function reach<T>(root: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    // Whoever answers something else than JSON was reached.
    throw isTrackerError(error) || error instanceof SyntaxError ? error : unreachable(root, error);
  }
}

/** What a broken line is, whenever it broke. */
export function unreachable(root: string, error: unknown): TrackerError {
  const why = reasonOf(error);
  return new TrackerError(
    "unavailable",
    `Cannot reach ${root}: ${why}. Is the server running?`,
    { unreachable: true, reason: why },
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as Error & { readonly code?: string };
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message === "" ? (code ?? error.name) : error.message;
}

function withRetryAfter(error: TrackerError, header: string | null): TrackerError {
  const seconds = Number(header ?? Number.NaN);
  if (!Number.isFinite(seconds)) return error;
  return new TrackerError(error.code, error.message, { ...error.details, retryAfter: seconds }, { cause: error.cause });
}

export function queryText(query: Readonly<Record<string, unknown>>): string {
  const texts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      const text = String(item);
      if (!text.isWellFormed()) throw invalid(`'${name}' has half a surrogate pair: send well-formed Unicode.`);
      texts.append(name, text);
    }
  }
  return texts.size === 0 ? "" : `?${texts}`;
}
