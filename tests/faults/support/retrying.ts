import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MS = 40;
/** What the Python client sends again, too. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Sends a request until the server answers it, through as many broken connections and restarts as it takes. The body is
 * the same each time, as with the real clients.
 *
 * @throws Error with the answer for a refusal that sending again would not change.
 */
export async function sendUntilAnswered(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await send().catch(() => undefined);
    if (response?.ok) {
      // A broken-off answer is no answer: the client would ask again.
      const body = await response.arrayBuffer().catch(() => undefined);
      if (body !== undefined) return new Response(body, { status: response.status });
    } else if (response !== undefined && !PASSING.has(response.status)) {
      throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
    }
    await sleep(PAUSE_MS);
  }
}

export function postJson(url: string, body: unknown): Promise<Response> {
  return sendUntilAnswered(() =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  );
}

/** A new run of the experiment `Default`. Here a retry may leave an empty run behind, which no test looks at. */
export async function createRun(url: string, name: string): Promise<string> {
  const response = await postJson(`${url}/api/v1/runs`, { name });
  return ((await response.json()) as { id: string }).id;
}
