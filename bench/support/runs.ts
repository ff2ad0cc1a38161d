import { decodeHistoryColumns } from "@cairn/contract";
import { askJson, inParallel } from "./http.ts";
import type { LoadResult } from "./load/plan.ts";

const WIDTH = 16;

/** Ids of fresh running runs. */
export async function createRuns(url: string, count: number, experiment = 0): Promise<string[]> {
  const ids: string[] = [];
  await inParallel(count, WIDTH, async (index) => {
    const run = await askJson<{ id: string }>(`${url}/api/v1/runs`, { body: { experiment, name: `bench-${index}` } });
    ids[index] = run.id;
  });
  return ids;
}

export interface Series {
  readonly key: string;
  readonly count: number;
}

export function listSeries(url: string, run: string): Promise<readonly Series[]> {
  return askJson(`${url}/api/v1/runs/${run}/series`);
}

/**
 * Asks the server how many points it has of each run, and reads one series of the first run whole, step by step.
 * @throws unless it is exactly what was acknowledged.
 */
export async function verifyLoad(url: string, { acknowledged }: Pick<LoadResult, "acknowledged">): Promise<void> {
  const runs = Object.entries(acknowledged);
  await inParallel(runs.length, WIDTH, async (index) => {
    const [run = "", points = 0] = runs[index] ?? [];
    const found = (await listSeries(url, run)).reduce((sum, { count }) => sum + count, 0);
    if (found !== points) throw new Error(`run ${run}: ${points} points were acknowledged, ${found} are there`);
  });
  const [run] = runs[0] ?? [];
  if (run === undefined) return;
  const [series] = await listSeries(url, run);
  if (series === undefined) throw new Error(`run ${run} has no series`);
  const steps = await readSteps(url, run, series.key);
  if (steps.length !== series.count || new Set(steps).size !== series.count) {
    throw new Error(`run ${run}, ${series.key}: ${series.count} points, but history has ${steps.length} of them`);
  }
}

/** The steps of every point, page by page, as binary columns. */
export async function readSteps(url: string, run: string, key: string): Promise<number[]> {
  const steps: number[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ key, limit: "100000", ...(cursor === null ? {} : { cursor }) });
    const response: Response = await fetch(`${url}/api/v1/runs/${run}/history?${query}`, {
      headers: { accept: "application/x-cairn-columns" },
    });
    if (!response.ok) throw new Error(`history answered ${response.status}: ${await response.text()}`);
    const page = decodeHistoryColumns(new Uint8Array(await response.arrayBuffer()));
    for (const step of page.steps) steps.push(step);
    cursor = page.next;
  } while (cursor !== null);
  return steps;
}
