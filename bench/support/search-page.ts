import { askJson } from "./http.ts";
import { quantile } from "./quantile.ts";
import { memberAt } from "./seeds/population.ts";

export const FILTER = "metrics.acc > 0.9 AND params.lr = 0.1";
export const ORDER = "metrics.loss ASC";
const LIMIT = 50;

export interface FoundRun {
  readonly id: string;
  readonly name: string;
}

export interface SearchPage {
  readonly items: readonly FoundRun[];
  readonly next: string | null;
}

export async function askPage(url: string, body: object): Promise<SearchPage & { readonly ms: number }> {
  const started = performance.now();
  const page = await askJson<SearchPage>(`${url}/api/v1/runs/search`, { body: { limit: LIMIT, ...body } });
  return { ...page, ms: performance.now() - started };
}

/** Median and p99 of `rounds` times asking, in ms. */
export async function timePage(url: string, body: object, rounds: number): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push((await askPage(url, body)).ms);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** What the first page must be, from the population's own numbers. */
export function expectedNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => memberAt(index))
    .filter(({ metrics, parameters }) => (metrics["acc"] ?? 0) > 0.9 && parameters["lr"] === 0.1)
    .sort((a, b) => (a.metrics["loss"] ?? 0) - (b.metrics["loss"] ?? 0))
    .slice(0, LIMIT)
    .map(({ name }) => name);
}

/** @throws unless the page holds what it must, in order; runs that are logging may lie between. */
export function checkPage(found: readonly FoundRun[], expected: readonly string[]): void {
  const quiet = found.map(({ name }) => name).filter((name) => name.startsWith("run-"));
  const wrong = quiet.findIndex((name, index) => name !== expected[index]);
  if (wrong >= 0 || quiet.length + 10 < Math.min(LIMIT, expected.length)) {
    throw new Error(`the search found ${quiet.slice(0, 5)} …, expected ${expected.slice(0, 5)} …`);
  }
}
