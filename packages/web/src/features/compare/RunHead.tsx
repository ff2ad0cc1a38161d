import type { Run } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { Anchor, X } from "lucide-react";
import { useTexts } from "../../lib/texts.ts";
import { RunState } from "../../parts/runs/RunState.tsx";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import { Badge } from "../../ui/Badge.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./RunHead.module.css";
import { compareTexts } from "./texts.ts";

export interface RunHeadProps {
  readonly run: Run;
  readonly isBaseline: boolean;
  readonly canLeaveOut: boolean;
  readonly onBaseline: () => void;
  readonly onLeaveOut: () => void;
}

/** The head of a run's column. */
export function RunHead({ run, isBaseline, canLeaveOut, onBaseline, onLeaveOut }: RunHeadProps) {
  const t = useTexts(compareTexts);
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <span className={styles.chip} style={{ background: styleOfRun(run.id).colour }} aria-hidden />
        <Link to="/runs/$run" params={{ run: run.id }} className="ellipsis" title={run.name}>
          {run.name}
        </Link>
      </div>
      <div className={styles.line}>
        {run.deletedAt === null ? <RunState run={run} /> : <Badge look="bad">{t.deleted}</Badge>}
        <span className={styles.tools}>
          {isBaseline ? (
            <Badge look="accent">{t.baseline}</Badge>
          ) : (
            <IconButton size="small" label={t.makeBaseline(run.name)} onClick={onBaseline}>
              <Anchor size={13} aria-hidden />
            </IconButton>
          )}
          {canLeaveOut && (
            <IconButton size="small" label={t.leaveOut(run.name)} onClick={onLeaveOut}>
              <X size={13} aria-hidden />
            </IconButton>
          )}
        </span>
      </div>
    </div>
  );
}
