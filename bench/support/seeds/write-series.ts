import { encodeLogColumns } from "@cairn/contract";

/** The most points of one call. */
export const CALL = 65_536;

export interface Columns {
  readonly keys: readonly string[];
  /** Points of each key. */
  readonly counts: readonly number[];
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Logs one call's points as binary columns. @returns how many were new. */
export async function logColumns(url: string, run: string, columns: Columns): Promise<number> {
  const { keys, counts, steps, times, values } = columns;
  if (steps.length > CALL) throw new Error(`one call carries at most ${CALL} points`);
  const body = encodeLogColumns({
    points: { keys, counts: Uint32Array.from(counts), steps, times, values, batches: null },
  });
  const response = await fetch(`${url}/api/v1/runs/${run}/points`, {
    method: "POST",
    headers: { "content-type": "application/x-cairn-columns" },
    body: new Uint8Array(body),
  });
  const text = await response.text();
  if (response.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return logColumns(url, run, columns);
  }
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return (JSON.parse(text) as { added: number }).added;
}

/** Logs one long series in as few calls as it takes, in order. */
export async function logSeries(
  url: string,
  run: string,
  key: string,
  points: Omit<Columns, "keys" | "counts">,
): Promise<void> {
  const { steps, times, values } = points;
  for (let from = 0; from < steps.length; from += CALL) {
    const to = Math.min(from + CALL, steps.length);
    const part = { steps: steps.slice(from, to), times: times.slice(from, to), values: values.slice(from, to) };
    const added = await logColumns(url, run, { keys: [key], counts: [to - from], ...part });
    if (added !== to - from) throw new Error(`${to - from} points were sent, ${added} were new`);
  }
}
