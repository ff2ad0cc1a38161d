import type { Figure } from "./figure.ts";

export interface BenchContext {
  /** Smaller and shorter, to see that everything runs; its figures mean little. */
  readonly quick: boolean;
  /** What is going on, for the person who waits. */
  say(line: string): void;
}

export interface Bench {
  readonly name: string;
  readonly summary: string;
  /** @throws when an answer is wrong: a fast wrong answer is no figure. */
  run(context: BenchContext): Promise<readonly Figure[]>;
}
