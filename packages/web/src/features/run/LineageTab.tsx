import type { CheckpointInfo, LineageVersion, Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Activity, ArrowRight, Box, Database, Flag } from "lucide-react";
import type { ReactNode } from "react";
import { formatAge, formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { RunState } from "../../parts/runs/RunState.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { CheckpointCard } from "./CheckpointCard.tsx";
import styles from "./LineageTab.module.css";
import { runQueries } from "./run-queries.ts";
import type { RunView } from "./run-view.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

export interface LineageTabProps {
  readonly run: Run;
  readonly view: RunView;
  readonly onView: (change: Readonly<Record<string, string | undefined>>, how?: "push") => void;
}

/** Where the run stands between what it used and what came of it, left to right. */
export function LineageTab({ run, view, onView }: LineageTabProps) {
  const t = useTexts(runPageTexts);
  const { data: lineage, error, refetch } = useQuery(runQueries.lineage(run.id));
  const outputs = useMore(lineage?.outputs.toReversed() ?? [], 20);
  const versions = useMore(lineage?.versions ?? [], 20);
  if (error !== null) {
    return (
      <Problem
        title={t.lineageFailed}
        detail={problemText(error)}
        retryLabel={t.again}
        onRetry={() => void refetch()}
      />
    );
  }
  const choose = (checkpoint: string) =>
    onView(
      { checkpoint: checkpoint === view.checkpoint ? undefined : checkpoint, path: undefined, rev: undefined },
      "push",
    );
  const card = (checkpoint: CheckpointInfo, step: number | null) => (
    <CheckpointEntry
      key={checkpoint.id}
      checkpoint={checkpoint}
      step={step}
      isChosen={checkpoint.id === view.checkpoint}
      onChoose={() => choose(checkpoint.id)}
    />
  );
  const names = new Map(lineage?.outputs.map(({ checkpoint: { id, name } }) => [id as string, name]));
  const hasInputs = run.inputs.length + run.used.length > 0;
  const hasOutputs = lineage !== undefined && lineage.outputs.length + lineage.versions.length > 0;
  return (
    <div className={styles.frame}>
      <div className={styles.lineage}>
        <section className={styles.column} aria-label={t.inputs}>
          <h2>{t.inputs}</h2>
          {!hasInputs && <p className={styles.soft}>{t.noInputs}</p>}
          {run.inputs.map(({ dataset, context }) => (
            <div key={`${dataset.name} ${dataset.digest} ${context}`} className={styles.entry}>
              <Database size={16} aria-hidden />
              <div>
                <strong>{dataset.name}</strong> {context !== null && <Badge>{context}</Badge>}
                <p className={styles.soft}>
                  {t.dataset} · <span className="mono">{dataset.digest.slice(0, 12)}</span>
                </p>
              </div>
            </div>
          ))}
          {lineage?.used.map((checkpoint) => card(checkpoint, null))}
        </section>
        <Arrow />
        <section className={styles.column} aria-label={t.thisRun}>
          <h2>{t.thisRun}</h2>
          <div className={styles.entry} data-self>
            <Activity size={16} aria-hidden />
            <div>
              <strong>{run.name}</strong>
              <p className={styles.soft}>
                <RunState run={run} />
              </p>
            </div>
          </div>
        </section>
        <Arrow />
        <section className={styles.column} aria-label={t.outputs}>
          <h2>{t.outputs}</h2>
          {lineage === undefined && <Skeleton height="56px" />}
          {lineage !== undefined && !hasOutputs && <p className={styles.soft}>{t.noOutputs}</p>}
          {versions.shown.map((version) => (
            <VersionEntry
              key={`${version.model} ${version.number}`}
              version={version}
              checkpoint={names.get(version.checkpoint ?? "")}
            />
          ))}
          {versions.moreButton}
          {outputs.shown.map(({ checkpoint, step }) => card(checkpoint, step))}
          {outputs.moreButton}
        </section>
      </div>
      {view.checkpoint !== undefined && (
        <CheckpointCard
          key={view.checkpoint}
          id={view.checkpoint}
          path={view.path}
          onPath={(path) => onView({ path: path || undefined }, "push")}
          onClose={() => onView({ checkpoint: undefined, path: undefined })}
        />
      )}
    </div>
  );
}

function Arrow(): ReactNode {
  return (
    <div className={styles.arrow} aria-hidden>
      <ArrowRight size={20} />
    </div>
  );
}

interface VersionEntryProps {
  readonly version: LineageVersion;
  /** The name of the checkpoint that it was made from. */
  readonly checkpoint: string | undefined;
}

function VersionEntry({ version, checkpoint }: VersionEntryProps) {
  const t = useTexts(runPageTexts);
  const now = useNow();
  const { name, number, label, aliases, createdAt } = version;
  return (
    <Link
      to="/models/$model/versions/$version"
      params={{ model: name, version: String(number) }}
      className={styles.entry}
    >
      <Box size={16} aria-hidden />
      <div>
        <strong>{name}</strong> {t.version(number)}
        {label !== null && ` (${label})`}{" "}
        {aliases.map((alias) => (
          <Badge key={alias} look="accent">
            {alias}
          </Badge>
        ))}
        <p className={styles.soft}>
          {formatAge(createdAt, now)}
          {checkpoint !== undefined && ` · ${t.fromCheckpoint(checkpoint)}`}
        </p>
      </div>
    </Link>
  );
}

interface CheckpointEntryProps {
  readonly checkpoint: CheckpointInfo;
  readonly step: number | null;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function CheckpointEntry({ checkpoint, step, isChosen, onChoose }: CheckpointEntryProps) {
  const t = useTexts(runPageTexts);
  return (
    <button type="button" className={styles.entry} aria-expanded={isChosen} onClick={onChoose}>
      <Flag size={16} aria-hidden />
      <div>
        <strong>{checkpoint.name}</strong> {checkpoint.deletedAt !== null && <Badge look="warn">{t.isDeleted}</Badge>}
        {checkpoint.state === "failed" && <Badge look="bad">{checkpoint.state}</Badge>}
        <p className={styles.soft}>
          {[t.checkpoint, checkpoint.type, step === null ? undefined : t.atStep(formatCount(step))]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
    </button>
  );
}
