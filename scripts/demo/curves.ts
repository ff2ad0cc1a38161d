import type { Chance } from "./chance.ts";

/** How a training went, which all its curves show. */
export interface Course {
  /** 0 (hopeless) … 1 (as good as it gets). */
  readonly quality: number;
  /** The part of the way after which it got worse on what it had not seen; 1 = never. */
  readonly overfitsFrom: number;
  /** The part of the way where it lost its footing for good; undefined if it did not. */
  readonly divergesAt: number | undefined;
  /** The part of the way where one bad batch shows. */
  readonly spikeAt: number | undefined;
}

export type Kind = "loss" | "score" | "rate" | "speed" | "memory" | "norm";

export interface Curve {
  readonly kind: Kind;
  readonly phase: "train" | "val" | "";
}

/** Draws how a training of this quality goes. */
export function drawCourse(chance: Chance, quality: number, learningRate: number): Course {
  return {
    quality,
    overfitsFrom: chance.is(0.35) ? chance.between(0.4, 0.8) : 1,
    divergesAt: learningRate > 0.05 && chance.is(0.5) ? chance.between(0.15, 0.6) : undefined,
    spikeAt: chance.is(0.15) ? chance.between(0.2, 0.9) : undefined,
  };
}

/**
 * The value at a part of the way (0 … 1): falling or rising by a power, with a step where the learning rate drops and a
 * plateau before it. What diverges grows to Infinity and is NaN from there on.
 */
export function valueAt({ kind, phase }: Curve, course: Course, way: number, chance: Chance): number {
  const { quality, divergesAt, spikeAt } = course;
  if (kind === "rate") return way < 0.05 ? way / 0.05 : 0.5 * (1 + Math.cos(Math.PI * way));
  if (kind === "speed") return 900 + 600 * quality + 60 * chance.normal();
  if (kind === "memory") return Math.min(100, 62 + 25 * quality + 12 * way + 1.5 * chance.normal());
  const fell = progressAt(way);
  const noise = (phase === "val" ? 0.012 : 0.03) * chance.normal() * (1.2 - way);
  const gap = phase === "val" ? 0.06 + Math.max(0, way - course.overfitsFrom) * 0.5 : 0;
  if (divergesAt !== undefined && way > divergesAt && kind !== "score") {
    const lost = (way - divergesAt) * 60;
    if (lost > 20) return Number.NaN;
    return lost > 16 ? Number.POSITIVE_INFINITY : 0.5 + Math.exp(lost) * (1 + Math.abs(noise));
  }
  const spike = spikeAt !== undefined && Math.abs(way - spikeAt) < 0.006 ? 1.5 : 0;
  if (kind === "score") {
    const top = divergesAt !== undefined && way > divergesAt ? 0.1 : 0.35 + 0.63 * quality;
    return Math.max(0, Math.min(1, 0.1 + (top - 0.1) * fell - gap * 0.4 + noise * 0.4 - spike * 0.1));
  }
  const floor = 0.03 + 0.9 * (1 - quality);
  return Math.max(0.001, floor + (2.3 - floor) * (1 - fell) + gap + noise + spike);
}

/** 0 → 1: quick, slower, a plateau, then a step when the learning rate drops. */
function progressAt(way: number): number {
  const first = 1 - (1 + way * 14) ** -1.1;
  const second = 1 / (1 + Math.exp(-(way - 0.6) * 60));
  return 0.88 * first + 0.06 * way + 0.06 * second;
}
