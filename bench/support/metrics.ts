import { type Chance, createChance, normal } from "./chance.ts";

interface MetricKind {
  readonly name: string;
  /** The value at progress `x` in 0 … 1 and step `step`. */
  readonly make: (x: number, step: number, chance: Chance) => number;
}

/** What trainings log: float32 losses with noise, a schedule, accuracies over a fixed number of samples, counters. */
const kinds: readonly MetricKind[] = [
  { name: "train/loss", make: (x, _, chance) => Math.fround(2.3 * Math.exp(-3 * x) + 0.05 * Math.abs(normal(chance))) },
  { name: "train/grad_norm", make: (_, __, chance) => Math.fround(Math.exp(0.4 * normal(chance))) },
  { name: "train/lr", make: (x) => 0.0005 * (1 + Math.cos(Math.PI * x)) },
  {
    name: "train/acc",
    make: (x, _, chance) => Math.floor(256 * (1 - Math.exp(-4 * x)) * (0.9 + 0.1 * chance())) / 256,
  },
  { name: "val/loss", make: (x, _, chance) => 2.3 * Math.exp(-2.5 * x) + 0.02 * normal(chance) },
  { name: "val/acc", make: (x, _, chance) => Math.round(1e4 * (0.9 - 0.8 * Math.exp(-4 * x) + 0.01 * chance())) / 1e4 },
  { name: "epoch", make: (_, step) => Math.floor(step / 100) },
  { name: "system/gpu_memory_mb", make: () => 10_240 },
  { name: "system/samples_per_s", make: (_, __, chance) => 5000 + 120 * normal(chance) },
  { name: "progress", make: (x) => x },
];

export interface MetricSource {
  readonly key: string;
  /** Values must be asked for in the order of steps. */
  value(step: number): number;
}

/**
 * `count` metrics of the kinds above, repeatable from `seed`. Beyond ten they get numbers in their names.
 * @param length the steps that one training has.
 */
export function createMetrics(count: number, seed: number, length: number): MetricSource[] {
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] as MetricKind;
    const chance = createChance(seed * 7919 + i);
    const key = i < kinds.length ? kind.name : `${kind.name}_${Math.floor(i / kinds.length)}`;
    return { key, value: (step) => kind.make((step % length) / length, step, chance) };
  });
}

export const START_TIME = 1_700_000_000_000;

/** Times of steps: 240 ms apart with up to 20 ms of jitter, as a training loop has. */
export function createTimes(seed: number, gap = 240, jitter = 20): (step: number) => number {
  const chance = createChance(seed ^ 0x5bd1e995);
  return (step) => START_TIME + step * gap + Math.floor(chance() * jitter);
}
