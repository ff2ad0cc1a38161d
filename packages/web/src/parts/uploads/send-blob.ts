import { parseProblem } from "@cairn/contract";
import { TrackerError } from "@cairn/core";
import type { SendHooks } from "./send-file.ts";

/**
 * Sends bytes and says how far it is. `fetch` cannot: it streams requests over HTTP/2 only, and tells nothing of what it
 * has sent.
 *
 * @returns the answer's JSON.
 * @throws TrackerError with the server's code; `unavailable` when the connection broke.
 */
export function sendBlob(
  method: "PUT" | "PATCH",
  url: string,
  bytes: Blob,
  headers: Readonly<Record<string, string>>,
  { signal, onProgress }: SendHooks,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const end = () => signal.removeEventListener("abort", stop);
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("error", () =>
      reject(new TrackerError("unavailable", "The connection to the server broke.", { unreachable: true })),
    );
    request.addEventListener("load", () => {
      const body = parseText(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(parseProblem(request.status, body));
    });
    request.addEventListener("loadend", end);
    signal.addEventListener("abort", stop);
    if (signal.aborted) reject(signal.reason);
    else request.send(bytes);
  });
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
