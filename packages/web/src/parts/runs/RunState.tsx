import type { Run } from "@cairn/core";
import { formatAge } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import styles from "./RunState.module.css";
import { runTexts } from "./run-texts.ts";

/** A running training that was silent for so long is shown as stalled; its state stays. */
export const STALLED_MS = 10 * 60_000;

export type ShownState = Run["state"] | "stalled";

export function shownState(run: Pick<Run, "state" | "heartbeatAt">, now: number): ShownState {
  return run.state === "running" && now - run.heartbeatAt > STALLED_MS ? "stalled" : run.state;
}

export interface RunStateProps {
  readonly run: Pick<Run, "state" | "heartbeatAt">;
  /** The dot alone; its name is still read aloud. */
  readonly isCompact?: boolean | undefined;
}

/** How a run is: a dot whose shape differs too, the word, and for one under way how long ago it was heard of. */
export function RunState({ run, isCompact = false }: RunStateProps) {
  const t = useTexts(runTexts);
  const now = useNow();
  const state = shownState(run, now);
  // The clock of the page is behind by up to its own tick.
  const age = formatAge(Math.min(run.heartbeatAt, now), now);
  const words =
    state === "running" ? `${t.running}, ${t.lastHeard(age)}` : state === "stalled" ? t.stalledFor(age) : t[state];
  return (
    <span className={styles.state} title={words}>
      <span className={styles.dot} data-state={state} aria-hidden />
      {isCompact ? (
        <span className="visually-hidden">{words}</span>
      ) : (
        <span>
          {t[state]}
          {(state === "running" || state === "stalled") && <span className={styles.age}> · {age}</span>}
        </span>
      )}
    </span>
  );
}
