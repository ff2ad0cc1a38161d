export const runStates = ["scheduled", "running", "finished", "failed", "killed"] as const;
export type RunState = (typeof runStates)[number];

/** A run silent for this long while running is shown as stalled; its state does not change. */
export const STALLED_AFTER_MS = 10 * 60 * 1000;

export function hasEnded(state: RunState): boolean {
  return state === "finished" || state === "failed" || state === "killed";
}

/** Running, but no write or ping for ten minutes. */
export function isStalled(run: { readonly state: RunState; readonly heartbeatAt: number }, now: number): boolean {
  return run.state === "running" && now - run.heartbeatAt >= STALLED_AFTER_MS;
}

/** The part of a run that the state machine moves. */
export interface RunLife {
  readonly state: RunState;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly heartbeatAt: number;
  readonly attempt: number;
}

/**
 * The state machine. Every state may follow every other (a queue may take a run back, a judge may correct an ending);
 * what a move means is fixed here:
 * - into running from anything else, or while stalled: the next attempt begins, and the ending is taken back;
 * - into an ending: `endedAt` is set (a given time wins);
 * - a move to the present state changes nothing but a given `endedAt`.
 */
export function moveRun(run: RunLife, to: RunState, at: number, endedAt?: number | null): RunLife {
  if (to === "running") {
    const opens = run.state !== "running" || isStalled(run, at) || run.attempt === 0;
    return {
      state: to,
      startedAt: run.startedAt ?? at,
      endedAt: endedAt ?? null,
      heartbeatAt: at,
      attempt: opens ? run.attempt + 1 : run.attempt,
    };
  }
  if (to === "scheduled") return { ...run, state: to, endedAt: endedAt ?? null, heartbeatAt: at };
  const ended = endedAt ?? (run.state === to ? run.endedAt : null) ?? at;
  return { ...run, state: to, endedAt: ended, heartbeatAt: at };
}
