import type { ChangeOutput, EventKind, TrackerEvent } from "@cairn/core";
import type { Change, Outcome } from "../shared/committer.ts";

/** What became of a group of changes, as it travels between threads: the names of an object's fields are cloned with each object. */
export interface PackedCommit {
  /** A number for a log that went as most do: that many points were new. */
  readonly outcomes: readonly (Outcome | number)[];
  /** Of each event in turn. */
  readonly kinds: readonly EventKind[];
  readonly ids: readonly string[];
  readonly experiments: readonly (number | null)[];
}

export function packCommit(
  changes: readonly Change[],
  outcomes: readonly Outcome[],
  events: readonly TrackerEvent[],
): PackedCommit {
  return {
    outcomes: outcomes.map((outcome, i) => {
      if (changes[i]?.kind !== "runs.log" || "failure" in outcome) return outcome;
      const { added, repeated } = outcome.value as ChangeOutput<"runs.log">;
      return repeated ? outcome : added;
    }),
    kinds: events.map(({ kind }) => kind),
    ids: events.map(({ id }) => id),
    experiments: events.map(({ experiment }) => experiment),
  };
}

export function unpackOutcome(outcome: Outcome | number): Outcome {
  return typeof outcome === "number" ? { value: { added: outcome, repeated: false } } : outcome;
}

export function unpackEvents({ kinds, ids, experiments }: PackedCommit): TrackerEvent[] {
  return kinds.map((kind, i) => ({ kind, id: ids[i] as string, experiment: experiments[i] as number | null }));
}
