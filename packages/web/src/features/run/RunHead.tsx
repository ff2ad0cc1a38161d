import type { Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Star } from "lucide-react";
import { copyText } from "../../lib/copy-text.ts";
import { formatAge, formatDuration, formatTime } from "../../lib/format.ts";
import { queries } from "../../lib/queries.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { RunState } from "../../parts/runs/RunState.tsx";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Badge } from "../../ui/Badge.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Hint } from "../../ui/Hint.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./RunHead.module.css";
import { runPageTexts } from "./texts.ts";

/** The run's name, and its star. */
export function RunTitle({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  return (
    <>
      {run.name}
      <IconButton
        label={run.starred ? t.unstar : t.star}
        keys="s"
        size="small"
        isPressed={run.starred}
        disabled={run.deletedAt !== null}
        onClick={() => void actions.star([run], !run.starred)}
      >
        <Star size={16} aria-hidden className={run.starred ? styles.starred : undefined} />
      </IconButton>
    </>
  );
}

/** State, times, who, where, and the id. */
export function RunAbout({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const now = useNow();
  const { data: experiment, isPending } = useQuery(queries.experiment(run.experiment));
  const duration = durationOf(run, now);
  const began = run.startedAt ?? run.createdAt;
  return (
    <div className={styles.about}>
      <RunState run={run} />
      {duration !== null && (
        <span className="numeric" title={t.duration}>
          {formatDuration(duration)}
        </span>
      )}
      <span title={formatTime(began, "seconds")}>{t.started(formatAge(began, now))}</span>
      {run.author !== "" && <span>{t.by(run.author)}</span>}
      <Link to="/experiments/$experiment" params={{ experiment: String(run.experiment) }}>
        {isPending ? <Skeleton width="72px" /> : (experiment?.name ?? `${t.experiment} ${run.experiment}`)}
      </Link>
      {run.attempt > 1 && (
        <Hint text={t.attemptsHint(run.attempt)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what explains the word must be reachable by keyboard */}
          <span tabIndex={0} className={styles.attempt}>
            <Badge look="info">{t.attempts(run.attempt)}</Badge>
          </span>
        </Hint>
      )}
      <span className={styles.id}>
        <span className="mono" title={run.id}>
          {run.id.slice(0, 8)}
        </span>
        <CopyButton label={t.copyId} copiedLabel={t.copied} text={run.id} onCopy={copyText} />
      </span>
    </div>
  );
}

/** How long it trained, or trains, in ms; null before it began. */
function durationOf(run: Run, now: number): number | null {
  if (run.startedAt === null) return null;
  return Math.max(0, (run.state === "running" ? now : (run.endedAt ?? run.heartbeatAt)) - run.startedAt);
}
